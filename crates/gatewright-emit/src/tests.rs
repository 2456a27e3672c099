//! What the emitters write for small specifications.

use gatewright_ir::{Ir, Source, StageId};
use gatewright_source::{Severity, Sources, Span};
use gatewright_spec::Spec;
use serde_json::{Map, Value, json};

use crate::{Format, Layout, OpenApiOptions, Options, Output, cloudformation, openapi};

/// The model of a specification without errors.
pub(crate) fn model(text: &str) -> Ir {
    let mut sources = Sources::new();
    let (file, mut problems) = sources.add("gatewright.yaml", text.as_bytes().to_vec());
    let (tree, mut more) = gatewright_source::parse(sources.file(file));
    problems.append(&mut more);
    let (spec, mut more) = gatewright_spec::decode::<Spec>(&tree);
    problems.append(&mut more);
    let spec = spec.expect("a specification");
    let (ir, mut more) = gatewright_ir::lower(&[Source { spec: &spec, start: Span::new(0, 1) }]);
    problems.append(&mut more);
    let errors: Vec<_> = problems.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    ir
}

fn stage(ir: &Ir, name: &str) -> StageId {
    ir.stages.iter().find(|it| &*it.1.name.value == name).expect("the stage").0
}

/// The template of a specification in one layout, and the notes.
fn built(ir: &Ir, options: Options<'_>) -> (Value, Vec<String>) {
    let output = cloudformation(ir, &Options { format: Format::Json, ..options });
    let template = serde_json::from_str(&output.artifacts[0].text).expect("JSON");
    (template, output.notes.into_iter().map(|it| it.message).collect())
}

fn in_resources(ir: &Ir) -> Value {
    built(ir, Options { layout: Layout::Resources, ..Options::default() }).0
}

/// The properties of a resource.
fn of<'t>(template: &'t Value, id: &str) -> &'t Value {
    let resource = &template["Resources"][id];
    assert!(!resource.is_null(), "no `{id}` among {:?}", ids(template));
    &resource["Properties"]
}

fn ids(template: &Value) -> Vec<&str> {
    template["Resources"].as_object().expect("resources").keys().map(String::as_str).collect()
}

/// The logical ids of a type.
fn all<'t>(template: &'t Value, kind: &str) -> Vec<&'t str> {
    let resources = template["Resources"].as_object().expect("resources");
    resources.iter().filter(|it| it.1["Type"] == kind).map(|it| it.0.as_str()).collect()
}

/// What a permission allows, after the API's id.
fn source<'t>(template: &'t Value, id: &str) -> &'t str {
    let arn = of(template, id)["SourceArn"]["Fn::Sub"].as_str().expect("an ARN");
    arn.strip_prefix("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/")
        .expect("of the API")
}

const START: &str = "gatewright: 1\nname: orders\nkind: http\ncors: none\n";

fn with(text: &str) -> Ir {
    model(&format!("{START}{text}"))
}

const EVERYTHING: &str = r#"
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
                keys.into_iter().chain(more).map(|it_| (it_.to_owned(), it[it_].clone())).collect();
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

#[test]
fn a_function_has_a_role_that_writes_its_own_log_only() {
    let ir = with(
        "functions: { f: { runtime: python3.13, handler: a.h, code: ./f, policies: [{ s3: read, bucket: !GetAtt B.Arn }, AWSLambdaSQSQueueExecutionRole, AmazonS3ReadOnlyAccess] } }\nroutes: { GET /: f }\nresources: { B: { Type: AWS::S3::Bucket } }\n",
    );
    let template = in_resources(&ir);
    let role = of(&template, "FFunctionRole");
    assert_eq!(
        role["Policies"][0]["PolicyDocument"]["Statement"],
        json!([{ "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": { "Fn::GetAtt": ["FFunctionLogGroup", "Arn"] } }])
    );
    assert_eq!(
        role["Policies"][1]["PolicyDocument"]["Statement"][0]["Resource"],
        json!([{ "Fn::GetAtt": ["B", "Arn"] }, { "Fn::Sub": "${B.Arn}/*" }])
    );
    assert_eq!(
        role["ManagedPolicyArns"],
        json!([
            { "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole" },
            { "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess" }
        ])
    );
    assert_eq!(
        of(&template, "FFunction")["LoggingConfig"],
        json!({ "LogGroup": { "Ref": "FFunctionLogGroup" } })
    );
}

#[test]
fn a_version_is_published_when_code_or_settings_change_and_only_then() {
    let build = |settings: &str, digest: &str| {
        let mut ir = with(&format!(
            "functions: {{ f: {{ runtime: python3.13, handler: a.h, code: ./f, aliases: [live], {settings} }} }}\nroutes: {{ GET /: f }}\n"
        ));
        let id = ir.functions.ids().next().expect("a function");
        if let gatewright_ir::Origin::Created(it) = &mut ir.functions[id].origin
            && let gatewright_ir::CodeSource::Folder { digest: of, .. } = &mut it.code
        {
            *of = Some(digest.into());
        }
        let template = in_resources(&ir);
        all(&template, "AWS::Lambda::Version")[0].to_owned()
    };
    let plain = build("memory: 128", "a");
    assert_eq!(plain, build("memory: 128, tags: { a: b }, reservedConcurrency: 3", "a"));
    assert_eq!(build("environment: { A: x, B: y }", "a"), build("environment: { B: y, A: x }", "a"));
    assert_ne!(plain, build("memory: 256", "a"));
    assert_ne!(plain, build("memory: 128", "b"));
}

#[test]
fn aliases_of_a_stage_variable_are_permitted_for_their_stages() {
    let template = in_resources(&model(EVERYTHING));
    assert_eq!(
        of(&template, "OrdersFunctionDevAliasPostOrdersDevPermission")["FunctionName"],
        json!({ "Ref": "OrdersFunctionDevAlias" })
    );
    assert_eq!(source(&template, "OrdersFunctionDevAliasPostOrdersDevPermission"), "dev/POST/orders");
    assert_eq!(source(&template, "OrdersFunctionProdAliasPostOrdersProdPermission"), "prod/POST/orders");
    assert_eq!(source(&template, "OrdersFunctionProdAliasDeleteOrdersVarPermission"), "*/DELETE/orders/*");
    assert_eq!(source(&template, "OrdersFunctionGetOrdersPermission"), "*/GET/orders");
    assert_eq!(
        source(&template, "OrdersFunctionStrictAuthorizerPermission"),
        "authorizers/${StrictAuthorizer}"
    );
    assert_eq!(
        of(&template, "ByStageIntegration")["IntegrationUri"]["Fn::Sub"],
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${OrdersFunction.Arn}:${!stageVariables.alias}/invocations"
    );
}

#[test]
fn a_stack_of_one_stage_has_only_what_belongs_to_it() {
    let ir = model(EVERYTHING);
    let prod = stage(&ir, "prod");
    let (template, _) = built(&ir, Options { stage: Some(prod), ..Options::default() });
    assert_eq!(all(&template, "AWS::ApiGatewayV2::Stage"), ["ProdStage"]);
    assert_eq!(all(&template, "AWS::Lambda::Alias"), ["OrdersFunctionProdAlias"]);
    assert_eq!(source(&template, "OrdersFunctionGetOrdersPermission"), "prod/GET/orders");
    assert_eq!(source(&template, "OrdersFunctionProdAliasPostOrdersPermission"), "prod/POST/orders");
}

#[test]
fn functions_named_by_stage_variables_are_permitted_stage_by_stage() {
    let ir = with(
        "integrations: { i: { lambda: \"${stageVariables.name}\" } }\nroutes: { GET /x: i, $default: i }\nstages: { dev: { variables: { name: a } }, prod: { variables: { name: b } } }\n",
    );
    let template = in_resources(&ir);
    assert_eq!(of(&template, "IIntegrationDevGetXDevPermission")["FunctionName"], "a");
    assert_eq!(source(&template, "IIntegrationProdDefaultProdPermission"), "prod/$default");
    assert_eq!(
        of(&template, "IIntegration")["IntegrationUri"]["Fn::Sub"],
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${!stageVariables.name}/invocations"
    );
}

#[test]
fn who_is_called_with_a_role_or_looks_after_itself_gets_no_permission() {
    let ir = with(
        "functions: { f: { name: f }, g: { name: g, permission: false } }\nintegrations: { i: { lambda: f, role: \"arn:aws:iam::123456789012:role/r\" } }\nroutes: { GET /i: i, GET /g: g }\n",
    );
    assert!(all(&in_resources(&ir), "AWS::Lambda::Permission").is_empty());
}

#[test]
fn permissions_collapse_before_the_policy_is_full() {
    let routes: String = (0..60).map(|it| format!("  GET /r{it}: f\n")).collect();
    let ir = with(&format!(
        "functions: {{ f: {{ name: f }} }}\nroutes:\n{routes}stages: {{ a: {{}}, b: {{}} }}\n"
    ));
    let (template, notes) = built(&ir, Options::default());
    assert_eq!(all(&template, "AWS::Lambda::Permission"), ["FFunctionPermission"]);
    assert_eq!(source(&template, "FFunctionPermission"), "*");
    assert!(notes.iter().any(|it| it.contains("`FFunction` (60 routes)")), "{notes:?}");
}

#[test]
fn the_role_of_a_service_reaches_no_further_than_its_parameters() {
    let resource = |integration: &str, more: &str| {
        let ir = with(&format!("integrations: {{ i: {integration} }}\nroutes: {{ POST /: i }}\n{more}"));
        of(&in_resources(&ir), "IIntegrationRole")["Policies"][0]["PolicyDocument"]["Statement"][0]["Resource"].clone()
    };
    let queue = |url: &str| {
        format!("{{ aws: SQS-SendMessage, parameters: {{ QueueUrl: {url}, MessageBody: $request.body }} }}")
    };
    let own = "resources: { Q: { Type: AWS::SQS::Queue } }\n";
    assert_eq!(resource(&queue("!Ref Q"), own), json!({ "Fn::GetAtt": ["Q", "Arn"] }));
    assert_eq!(resource(&queue("!Sub \"${Q}\""), own), json!({ "Fn::GetAtt": ["Q", "Arn"] }));
    assert_eq!(
        resource(&queue("https://sqs.eu-west-1.amazonaws.com/123456789012/q"), ""),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:sqs:eu-west-1:123456789012:q" })
    );
    assert_eq!(
        resource(&queue("$request.header.q"), ""),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:*" })
    );
    assert_eq!(
        resource(
            "{ aws: EventBridge-PutEvents, parameters: { Detail: $request.body, DetailType: t, Source: s } }",
            ""
        ),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default" })
    );
    assert_eq!(
        resource(
            "{ aws: Kinesis-PutRecord, parameters: { StreamName: s, Data: $request.body, PartitionKey: k, Region: eu-west-1 } }",
            ""
        ),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:kinesis:eu-west-1:${AWS::AccountId}:stream/s" })
    );
    assert_eq!(
        resource("{ aws: StepFunctions-StopExecution, parameters: { ExecutionArn: $request.body.arn } }", ""),
        json!({ "Fn::Sub": "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:*" })
    );
    assert_eq!(
        resource(
            "{ aws: StepFunctions-StartExecution, parameters: { StateMachineArn: !Ref M } }",
            "resources: { M: { Type: AWS::StepFunctions::StateMachine } }\n"
        ),
        json!({ "Ref": "M" })
    );
}

/// The logical id of the deployment of `live`.
fn deployed(text: &str, layout: Layout, token: Option<&str>) -> String {
    let ir = with(text);
    let (template, _) = built(&ir, Options { layout, redeploy_token: token, ..Options::default() });
    let id = all(&template, "AWS::ApiGatewayV2::Deployment")[0].to_owned();
    assert_eq!(of(&template, "LiveStage")["DeploymentId"], json!({ "Ref": id }));
    id
}

#[test]
fn what_a_deployment_holds_makes_a_new_one_and_nothing_else() {
    let spec = |integration: &str, route: &str, stage: &str| {
        format!(
            "integrations: {{ i: {{ http: \"https://example.com\", {integration} }} }}\nroutes: {{ GET /x: {{ integration: i, {route} }} }}\nstages: {{ live: {{ autoDeploy: false, {stage} }} }}\n"
        )
    };
    let id = |text: String| deployed(&text, Layout::Resources, None);
    let plain = id(spec("method: GET", "", ""));
    for same in [
        spec("method: GET", "throttle: { rate: 1, burst: 1 }", ""),
        spec("method: GET", "description: text", "variables: { a: b }, throttle: { rate: 5, burst: 5 }"),
        spec(
            "method: GET, description: text",
            "",
            "tags: { a: b }, accessLog: json, alarms: { 5xx: { above: 1 } }",
        ),
    ] {
        assert_eq!(plain, id(same));
    }
    for other in [
        spec("method: POST", "", ""),
        spec("method: GET, timeout: 5s", "", ""),
        spec("method: GET", "authorizer: iam", ""),
        spec("method: GET", "", "").replace("/x", "/y"),
        spec("method: GET", "", "")
            + "overrides: { IIntegration: { Properties: { TimeoutInMillis: 100 } } }\n",
        spec("method: GET", "", "") + "disableDefaultEndpoint: true\n",
    ] {
        assert_ne!(plain, id(other));
    }
    let text = spec("method: GET", "", "");
    assert_eq!(plain, deployed(&text, Layout::Body, None));
    assert_ne!(plain, deployed(&text, Layout::Body, Some("1")));
    assert_ne!(deployed(&text, Layout::Body, Some("2")), deployed(&text, Layout::Body, Some("1")));
}

#[test]
fn the_order_of_keys_makes_no_deployment() {
    let a = "integrations: { i: { http: \"https://example.com\", requestParameters: { \"append:header.a\": x, \"append:header.b\": y } } }\nroutes: { GET /x: i, GET /y: i }\nstages: { live: { autoDeploy: false } }\n";
    let b = "stages: { live: { autoDeploy: false } }\nroutes: { GET /y: i, GET /x: i }\nintegrations: { i: { requestParameters: { \"append:header.b\": y, \"append:header.a\": x }, http: \"https://example.com\" } }\n";
    assert_eq!(deployed(a, Layout::Resources, None), deployed(b, Layout::Resources, None));
}

#[test]
fn the_build_says_what_a_deployment_cannot_see() {
    let text = "parameters: { Url: { type: String } }\nintegrations: { i: { http: !Ref Url } }\nroutes: { GET /x: i }\nstages: { live: { autoDeploy: false } }\n";
    let (_, notes) = built(&with(text), Options::default());
    assert!(notes.iter().any(|it| it.contains("integration `i`")), "{notes:?}");
    let (_, notes) = built(&with(&format!("{text}redeploy: always\n")), Options::default());
    assert!(notes.iter().any(|it| it.contains("--redeploy-token")), "{notes:?}");
    let options = Options { redeploy_token: Some("7"), ..Options::default() };
    assert!(built(&with(&format!("{text}redeploy: always\n")), options).1.is_empty());
}

#[test]
fn a_stage_writes_settings_complete_and_waits_for_the_routes_that_it_names() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: { lambda: f, throttle: { rate: 5 } }, GET /b: f }\nstages: { s: { throttle: { burst: 7 }, detailedMetrics: true, routes: { GET /b: { throttle: { rate: 2.5, burst: 1 } } } } }\n",
    );
    let template = in_resources(&ir);
    let it = of(&template, "SStage");
    assert_eq!(
        it["DefaultRouteSettings"],
        json!({ "DetailedMetricsEnabled": true, "ThrottlingBurstLimit": 7, "ThrottlingRateLimit": 10_000 })
    );
    assert_eq!(
        it["RouteSettings"],
        json!({
            "GET /a": { "DetailedMetricsEnabled": true, "ThrottlingBurstLimit": 5_000, "ThrottlingRateLimit": 5 },
            "GET /b": { "DetailedMetricsEnabled": true, "ThrottlingBurstLimit": 1, "ThrottlingRateLimit": 2.5 },
        })
    );
    assert_eq!(template["Resources"]["SStage"]["DependsOn"], json!(["GetARoute", "GetBRoute"]));
    let body = built(&ir, Options::default()).0;
    assert!(body["Resources"]["SStage"].get("DependsOn").is_none());
}

#[test]
fn access_logs_go_to_a_group_of_their_own() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: f }\nstages: { $default: { accessLog: { format: { id: $context.requestId }, retention: never } } }\n",
    );
    let template = in_resources(&ir);
    assert_eq!(
        of(&template, "DefaultStage")["AccessLogSettings"],
        json!({
            "DestinationArn": { "Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${DefaultStageLogGroup}" },
            "Format": "{\"id\":\"$context.requestId\"}",
        })
    );
    assert_eq!(
        of(&template, "DefaultStageLogGroup"),
        &json!({ "LogGroupName": { "Fn::Sub": "/aws/vendedlogs/apigateway/${AWS::StackName}/default" } })
    );
    assert_eq!(template["Resources"]["DefaultStageLogGroup"]["DeletionPolicy"], "Delete");
}

#[test]
fn alarms_say_what_happened() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: f }\nstages: { prod: { alarms: { 5xx: { above: 1%, for: 90s }, latency: { p99: 800ms }, count: { below: 1 } } } }\n",
    );
    let template = in_resources(&ir);
    let it = of(&template, "ProdStage5xxAlarm");
    assert_eq!(
        (&it["Statistic"], &it["Threshold"], &it["EvaluationPeriods"]),
        (&json!("Average"), &json!(0.01), &json!(2))
    );
    let text = it["AlarmDescription"].as_str().expect("text");
    assert!(
        text.starts_with(
            "API orders, stage prod: more than 1 % of requests are answered with a 5xx status, for 2 minutes."
        ),
        "{text}"
    );
    assert_eq!(of(&template, "ProdStageLatencyAlarm")["ExtendedStatistic"], "p99");
    assert_eq!(of(&template, "ProdStageCountAlarm")["TreatMissingData"], "breaching");
}

#[test]
fn a_domain_has_mappings_records_and_mutual_tls() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: f }\nstages: { prod: {} }\ndomains: { api.example.com: { certificate: c, hostedZone: Z1, ipAddressType: dualstack, mutualTls: { truststore: \"s3://b/ca.pem\" }, mappings: { v1: prod, /: prod } }, old.example.com: { existing: true, mappings: { /: prod } } }\n",
    );
    let template = in_resources(&ir);
    let id = all(&template, "AWS::ApiGatewayV2::DomainName")[0];
    assert_eq!(of(&template, id)["MutualTlsAuthentication"], json!({ "TruststoreUri": "s3://b/ca.pem" }));
    let records: Vec<&Value> =
        all(&template, "AWS::Route53::RecordSet").into_iter().map(|it| &of(&template, it)["Type"]).collect();
    assert_eq!(records, ["A", "AAAA"]);
    let mappings = all(&template, "AWS::ApiGatewayV2::ApiMapping");
    assert_eq!(of(&template, mappings[0])["ApiMappingKey"], "v1");
    assert!(of(&template, mappings[1]).get("ApiMappingKey").is_none());
    assert_eq!(of(&template, mappings[2])["DomainName"], "old.example.com");
}

#[test]
fn overrides_and_references_meet_ids_that_end_in_a_digest() {
    let ir = with(
        "functions: { f: { runtime: python3.13, handler: a.h, code: ./f, aliases: [live] } }\nroutes: { GET /: f }\noverrides: { FFunctionVersion: { Properties: { Description: mine } } }\noutputs: { V: { Value: !GetAtt FFunctionVersion.Version } }\n",
    );
    let (template, notes) = built(&ir, Options::default());
    let id = all(&template, "AWS::Lambda::Version")[0];
    assert_eq!(of(&template, id)["Description"], "mine");
    assert_eq!(template["Outputs"]["V"]["Value"], json!({ "Fn::GetAtt": [id, "Version"] }));
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn the_build_says_what_this_layout_does_not_have() {
    let ir = with(
        "functions: { f: { name: f } }\nroutes: { GET /a: f }\noverrides: { GetARoute: { Properties: { OperationName: x } } }\noutputs: { R: { Value: !Ref GetARoute } }\n",
    );
    let (_, notes) = built(&ir, Options::default());
    assert!(notes.iter().any(|it| it.contains("`overrides.GetARoute` has no effect")), "{notes:?}");
    assert!(notes.iter().any(|it| it.contains("refers to `GetARoute`")), "{notes:?}");
    let (template, notes) = built(&ir, Options { layout: Layout::Resources, ..Options::default() });
    assert_eq!(of(&template, "GetARoute")["OperationName"], "x");
    assert!(notes.is_empty(), "{notes:?}");
}

/// A specification with so many routes, of which some bring integrations of their own.
fn many(count: usize) -> Ir {
    let routes = (0..count).map(|it| match it % 3 {
        0 => format!("  GET /r{it}: {{ http: \"https://x{it}.example.com\" }}\n"),
        1 => format!("  GET /r{it}: {{ lambda: f, throttle: {{ rate: 5, burst: 5 }} }}\n"),
        _ => format!("  GET /r{it}: g\n"),
    });
    let routes: String = routes.collect();
    with(&format!(
        "functions: {{ f: {{ runtime: python3.13, handler: a.h, code: ./f }}, g: {{ name: g }} }}\nroutes:\n{routes}stages: {{ prod: {{ autoDeploy: false }}, dev: {{}} }}\n"
    ))
}

#[test]
fn routes_go_to_nested_stacks_where_one_has_no_room() {
    let ir = many(900);
    let output = cloudformation(
        &ir,
        &Options { layout: Layout::Resources, format: Format::Json, ..Options::default() },
    );
    let templates: Vec<Value> =
        output.artifacts.iter().map(|it| serde_json::from_str(&it.text).expect("JSON")).collect();
    let root = &templates[0];
    let stacks = all(root, "AWS::CloudFormation::Stack");
    assert_eq!(stacks.len() + 1, templates.len());
    let mut routes = all(root, "AWS::ApiGatewayV2::Route").len();
    for (stack, (artifact, nested)) in stacks.iter().zip(output.artifacts.iter().zip(&templates).skip(1)) {
        let it = of(root, stack);
        assert_eq!(it["TemplateURL"], *artifact.path);
        let arguments: Vec<&String> = it["Parameters"].as_object().expect("arguments").keys().collect();
        let parameters: Vec<&String> = nested["Parameters"].as_object().expect("parameters").keys().collect();
        assert_eq!(arguments, parameters);
        let mut dangling = Vec::new();
        crate::intrinsic::references(&nested["Resources"], &mut |it| {
            if !it.starts_with("AWS::")
                && nested["Resources"].get(it).is_none()
                && nested["Parameters"].get(it).is_none()
            {
                dangling.push(it.to_owned());
            }
        });
        assert!(dangling.is_empty(), "{dangling:?}");
        routes += all(nested, "AWS::ApiGatewayV2::Route").len();
    }
    assert_eq!(routes, 900);
    for template in &templates {
        assert!(ids(template).len() <= 500);
    }
    let mut dangling = Vec::new();
    crate::intrinsic::references(root, &mut |it| {
        if !it.starts_with("AWS::") && root["Resources"].get(it).is_none() {
            dangling.push(it.to_owned());
        }
    });
    assert!(dangling.is_empty(), "{dangling:?}");
    let waits = root["Resources"]["DevStage"]["DependsOn"].as_array().expect("stacks").len();
    assert!(waits > 0 && waits <= stacks.len());
}

#[test]
fn a_further_route_leaves_the_others_in_their_stacks() {
    let places = |ir: &Ir| -> Map<String, Value> {
        let output = cloudformation(
            ir,
            &Options { layout: Layout::Resources, format: Format::Json, ..Options::default() },
        );
        let nested = output.artifacts.iter().skip(1).flat_map(|artifact| {
            let it: Value = serde_json::from_str(&artifact.text).expect("JSON");
            let ids: Vec<String> = ids(&it).into_iter().map(str::to_owned).collect();
            ids.into_iter().map(|id| (id, artifact.path.clone().into()))
        });
        nested.collect()
    };
    let (before, after) = (places(&many(900)), places(&many(903)));
    assert!(before.iter().all(|(id, it)| after[id] == *it));
}

#[test]
fn a_large_body_is_included() {
    let ir = many(3000);
    let output = cloudformation(&ir, &Options::default());
    let paths: Vec<&str> = output.artifacts.iter().map(|it| &*it.path).collect();
    assert_eq!(paths, ["template.yaml", "openapi-body.json"]);
    assert!(output.artifacts[0].text.contains("Location: openapi-body.json"));
    let body: Value = serde_json::from_str(&output.artifacts[1].text).expect("JSON");
    assert_eq!(body["paths"].as_object().expect("paths").len(), 3000);
}

fn plain(text: &str) -> Value {
    let output = openapi(
        &with(text),
        &OpenApiOptions { plain: true, format: Format::Json, ..OpenApiOptions::default() },
    );
    serde_json::from_str(&output.artifacts[0].text).expect("JSON")
}

#[test]
fn plain_openapi_has_no_extensions() {
    let it = plain(
        "functions: { f: { name: f } }\nauthorizers: { u: { jwt: { issuer: \"https://issuer.example/\", audience: a } } }\nroutes: { ANY /a: { lambda: f, operationName: a }, GET /a: { lambda: f, authorizer: u, scopes: [s] }, \"GET /b/{p+}\": f, \"GET /c/{x}\": f, \"GET /c/{y+}\": f, $default: f }\n",
    );
    assert!(!it.to_string().contains("x-amazon"), "{it}");
    let paths: Vec<&String> = it["paths"].as_object().expect("paths").keys().collect();
    assert_eq!(paths, ["/a", "/c/{x}", "/b/{p}"]);
    assert_eq!(it["paths"]["/a"]["get"]["security"], json!([{ "u": ["s"] }]));
    assert_eq!(it["paths"]["/a"]["delete"]["operationId"], "aDelete");
    assert_eq!(it["paths"]["/b/{p}"]["parameters"][0]["name"], "p");
    assert_eq!(
        it["components"]["securitySchemes"]["u"],
        json!({ "type": "openIdConnect", "openIdConnectUrl": "https://issuer.example/.well-known/openid-configuration" })
    );
}

#[test]
fn openapi_says_whether_it_can_be_imported_alone() {
    let existing = with("functions: { f: { name: f } }\nroutes: { GET /a: f }\n");
    let output = openapi(&existing, &OpenApiOptions::default());
    assert!(output.notes[0].message.contains("can import"), "{:?}", output.notes);
    assert!(
        output.artifacts[0].text.contains("function:f/invocations")
            && !output.artifacts[0].text.contains("Fn::")
    );
    let created =
        with("functions: { f: { runtime: python3.13, handler: a.h, code: ./f } }\nroutes: { GET /a: f }\n");
    let output = openapi(&created, &OpenApiOptions::default());
    assert!(output.notes[0].message.contains("refers to `FFunction`"), "{:?}", output.notes);
}

/// Builds a file named by `GATEWRIGHT_EMIT` in all ways into a folder of the same name, for other judges.
#[test]
#[allow(clippy::disallowed_methods)]
fn written_for_other_judges() {
    let Ok(path) = std::env::var("GATEWRIGHT_EMIT") else { return };
    let ir = model(&std::fs::read_to_string(&path).expect("a file"));
    let folder = path.trim_end_matches(".yaml").to_owned();
    let write = |name: String, output: Output| {
        for it in output.artifacts {
            let path = format!("{folder}/{name}/{}", it.path);
            std::fs::create_dir_all(format!("{folder}/{name}")).expect("a folder");
            std::fs::write(path, it.text).expect("written");
        }
        let notes: Vec<String> = output.notes.into_iter().map(|it| it.message).collect();
        std::fs::write(format!("{folder}/{name}/notes.txt"), notes.join("\n")).expect("written");
    };
    for (name, layout) in [("body", Layout::Body), ("resources", Layout::Resources)] {
        let options = Options { layout, base: "../", ..Options::default() };
        let start = std::time::Instant::now();
        let output = cloudformation(&ir, &options);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(format!("{folder}/{name}.time"), format!("{:?}", start.elapsed())).expect("written");
        write(name.to_owned(), output);
        write(format!("{name}-json"), cloudformation(&ir, &Options { format: Format::Json, ..options }));
        for (stage, it) in ir.stages.iter() {
            let output = cloudformation(&ir, &Options { stage: Some(stage), ..options });
            write(format!("{name}-{}", it.name.value), output);
        }
    }
    write("openapi".to_owned(), openapi(&ir, &OpenApiOptions::default()));
    write("plain".to_owned(), openapi(&ir, &OpenApiOptions { plain: true, ..OpenApiOptions::default() }));
}
