//! Both layouts say the same, and the same twice.

use serde_json::{Map, Value, json};

use super::*;

pub(super) const EVERYTHING: &str = r#"
gatewright: 1
name: orders
kind: http
description: Orders for the web shop
parameters: { Listener: { type: String }, Subnet: { type: String } }
functions:
  orders: { runtime: python3.13, handler: app.handler, code: ./orders, aliases: [dev, prod] }
  legacy: { arn: !ImportValue legacy-arn }
  partner: { name: partner-auth }
integrations:
  billing: { http: "https://billing.example.com/{proxy}", timeout: 3s }
  internal:
    http: !Ref Listener
    method: GET
    vpcLink: main
    tls: internal.example.com
    requestParameters: { "overwrite:path": $request.path, "remove:header.x": "" }
    responseParameters: { "500": { "overwrite:statuscode": "503", "append:header.y": $context.requestId } }
  queue: { aws: SQS-SendMessage, parameters: { QueueUrl: !Ref Queue, MessageBody: $request.body } }
  byStage: { lambda: "orders:${stageVariables.alias}", payload: "1.0" }
vpcLinks: { main: { subnets: [!Ref Subnet] } }
authorizers:
  users: { jwt: { issuer: !Sub "https://cognito-idp.${AWS::Region}.amazonaws.com/pool", audience: [web, app] } }
  partners: { lambda: partner, identity: [$request.header.x-partner, $request.querystring.k], cache: 5m }
  strict: { lambda: orders, response: iam, payload: "1.0" }
cors: { allowOrigins: ["https://shop.example.com"], allowMethods: [GET], maxAge: 1h, allowCredentials: true }
defaults: { authorizer: users }
routes:
  GET /orders: orders
  POST /orders: { integration: byStage, scopes: [orders/write], operationName: create }
  GET /orders/{id}: { lambda: legacy, authorizer: partners }
  DELETE /orders/{id}: { lambda: "orders:prod", authorizer: strict }
  POST /hook: { integration: queue, authorizer: none }
  ANY /billing/{proxy+}: { integration: billing, authorizer: iam }
  $default: { integration: internal, authorizer: none }
stages:
  dev: { variables: { alias: dev } }
  prod: { variables: { alias: prod } }
tags: { app: shop }
ipAddressType: dualstack
disableDefaultEndpoint: true
resources: { Queue: { Type: AWS::SQS::Queue } }
"#;

/// What a template says about an API, in the spelling of neither layout.
fn described(template: &Value) -> Value {
    let mut integrations = Map::new();
    let mut routes = Map::new();
    let mut authorizers = Map::new();
    let api = of(template, "Api");
    let Some(body) = api.get("Body") else {
        for id in all(template, "AWS::ApiGatewayV2::Authorizer") {
            let it = of(template, id);
            let keys = ["AuthorizerUri", "AuthorizerCredentialsArn", "AuthorizerPayloadFormatVersion"];
            let more = ["EnableSimpleResponses", "AuthorizerResultTtlInSeconds"];
            let mut out: Map<String, Value> =
                keys.into_iter().chain(more).map(|key| (key.to_owned(), it[key].clone())).collect();
            let identity = it["IdentitySource"].as_array().expect("sources");
            let identity: Vec<&str> = identity.iter().filter_map(Value::as_str).collect();
            out.insert("identity".to_owned(), identity.join(",").into());
            out.insert("issuer".to_owned(), it["JwtConfiguration"]["Issuer"].clone());
            out.insert("audience".to_owned(), it["JwtConfiguration"]["Audience"].clone());
            authorizers.insert(it["Name"].as_str().expect("a name").to_owned(), out.into());
        }
        for id in all(template, "AWS::ApiGatewayV2::Integration") {
            let mut it = of(template, id).as_object().expect("properties").clone();
            it.remove("ApiId");
            let mut responses = Map::new();
            for (status, changes) in
                it.remove("ResponseParameters").iter().filter_map(Value::as_object).flatten()
            {
                let changes = changes["ResponseParameters"].as_array().expect("changes").iter();
                let changes: Map<String, Value> = changes
                    .map(|it| (it["Destination"].as_str().expect("a name").to_owned(), it["Source"].clone()))
                    .collect();
                responses.insert(status.clone(), changes.into());
            }
            it.insert("responses".to_owned(), responses.into());
            integrations.insert(id.to_owned(), Value::Object(it));
        }
        for id in all(template, "AWS::ApiGatewayV2::Route") {
            let it = of(template, id);
            let target = it["Target"]["Fn::Sub"].as_str().expect("a target");
            let target = target.trim_start_matches("integrations/${").trim_end_matches('}');
            let authorizer = &it["AuthorizerId"]["Ref"];
            let name = if authorizer.is_null() {
                it["AuthorizationType"].clone()
            } else {
                of(template, authorizer.as_str().expect("an id"))["Name"].clone()
            };
            let scopes = it.get("AuthorizationScopes").cloned().unwrap_or(json!([]));
            routes.insert(
                it["RouteKey"].as_str().expect("a key").to_owned(),
                json!([integrations[target], name, scopes, it["OperationName"]]),
            );
        }
        let cors = api["CorsConfiguration"].as_object().cloned().unwrap_or_default();
        let cors: Map<String, Value> = cors.into_iter().map(|(key, it)| (key.to_lowercase(), it)).collect();
        return json!({ "routes": routes, "authorizers": authorizers, "cors": cors, "name": api["Name"], "version": api["Version"],
            "description": api["Description"], "off": api["DisableExecuteApiEndpoint"], "ip": api["IpAddressType"], "tags": api["Tags"] });
    };
    let schemes = body["components"]["securitySchemes"].as_object().expect("schemes");
    for (name, it) in schemes.iter().filter(|it| *it.0 != "iam") {
        let it = &it["x-amazon-apigateway-authorizer"];
        authorizers.insert(name.clone(), json!({
            "AuthorizerUri": it["authorizerUri"], "AuthorizerCredentialsArn": it["authorizerCredentials"],
            "AuthorizerPayloadFormatVersion": it["authorizerPayloadFormatVersion"], "EnableSimpleResponses": it["enableSimpleResponses"],
            "AuthorizerResultTtlInSeconds": it["authorizerResultTtlInSeconds"], "identity": it["identitySource"],
            "issuer": it["jwtConfiguration"]["issuer"], "audience": it["jwtConfiguration"]["audience"],
        }));
    }
    for (path, item) in body["paths"].as_object().expect("paths") {
        for (method, it) in item.as_object().expect("methods") {
            let key = match (it["isDefaultRoute"] == true, &**method) {
                (true, _) => "$default".to_owned(),
                (_, "x-amazon-apigateway-any-method") => format!("ANY {path}"),
                (_, method) => format!("{} {path}", method.to_uppercase()),
            };
            let mut integration = Map::new();
            for (key, value) in it["x-amazon-apigateway-integration"].as_object().expect("an integration") {
                let (key, value) = match &**key {
                    "type" => ("IntegrationType", value.as_str().expect("a type").to_uppercase().into()),
                    "httpMethod" => ("IntegrationMethod", value.clone()),
                    "uri" => ("IntegrationUri", value.clone()),
                    "credentials" => ("CredentialsArn", value.clone()),
                    "responseParameters" => ("responses", value.clone()),
                    "tlsConfig" => {
                        ("TlsConfig", json!({ "ServerNameToVerify": value["serverNameToVerify"] }))
                    }
                    "integrationSubtype" => ("IntegrationSubtype", value.clone()),
                    "connectionType" => ("ConnectionType", value.clone()),
                    "connectionId" => ("ConnectionId", value.clone()),
                    "requestParameters" => ("RequestParameters", value.clone()),
                    "payloadFormatVersion" => ("PayloadFormatVersion", value.clone()),
                    "timeoutInMillis" => ("TimeoutInMillis", value.clone()),
                    other => panic!("`{other}` has no counterpart"),
                };
                integration.insert(key.to_owned(), value);
            }
            integration.entry("responses").or_insert(json!({}));
            let (name, scopes) = match it["security"][0].as_object().and_then(|it| it.iter().next()) {
                None => ("NONE", json!([])),
                Some((name, _)) if name == "iam" => ("AWS_IAM", json!([])),
                Some((name, scopes)) => (name.as_str(), scopes.clone()),
            };
            routes.insert(key, json!([integration, name, scopes, it["operationId"]]));
        }
    }
    let cors = body["x-amazon-apigateway-cors"].as_object().cloned().unwrap_or_default();
    let cors: Map<String, Value> = cors.into_iter().map(|(key, it)| (key.to_lowercase(), it)).collect();
    let endpoint = &body["servers"][0]["x-amazon-apigateway-endpoint-configuration"];
    let tags = body["tags"].as_array().into_iter().flatten();
    let tags: Map<String, Value> = tags
        .map(|it| {
            (it["name"].as_str().expect("a name").to_owned(), it["x-amazon-apigateway-tag-value"].clone())
        })
        .collect();
    json!({ "routes": routes, "authorizers": authorizers, "cors": cors, "name": body["info"]["title"], "version": body["info"]["version"],
        "description": body["info"]["description"], "off": endpoint["disableExecuteApiEndpoint"], "ip": endpoint["ipAddressType"], "tags": tags })
}

#[test]
fn both_layouts_describe_the_same_api() {
    let ir = model(EVERYTHING);
    let body = built(&ir, Options::default()).0;
    let resources = in_resources(&ir);
    let (body_described, resources_described) = (described(&body), described(&resources));
    assert_eq!(resources_described["routes"].as_object().expect("routes").len(), 7);
    assert_eq!(body_described, resources_described);
    // What is not part of the API is the same, but for authorizers' ids.
    let rest = |it: &Value| -> Map<String, Value> {
        let resources = it["Resources"].as_object().expect("resources").iter();
        let rest =
            resources.filter(|it| !it.1["Type"].as_str().expect("a type").starts_with("AWS::ApiGatewayV2::"));
        rest.filter(|it| !it.0.contains("Authorizer")).map(|(id, it)| (id.clone(), it.clone())).collect()
    };
    assert_eq!(rest(&body), rest(&resources));
}

#[test]
fn twice_gives_equal_bytes_in_both_notations() {
    let ir = model(EVERYTHING);
    for format in [Format::Yaml, Format::Json] {
        let options = Options { format, ..Options::default() };
        assert_eq!(
            cloudformation(&ir, &options).artifacts,
            cloudformation(&model(EVERYTHING), &options).artifacts
        );
    }
}
