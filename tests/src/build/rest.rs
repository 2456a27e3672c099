//! The two layouts of a REST API in the same terms: those of its resources.

use libtest_mimic::Failed;
use serde_json::{Map, Value, json};

use super::{list, rest, sorted};

/// The resources that a body stands for.
const DEFINITION: [&str; 9] = [
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGateway::Resource",
    "AWS::ApiGateway::Method",
    "AWS::ApiGateway::Model",
    "AWS::ApiGateway::RequestValidator",
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGateway::DocumentationPart",
    "AWS::ApiGateway::Deployment",
];

/// What an OpenAPI body says.
pub(super) fn from_body(template: &Value) -> Result<Value, Failed> {
    let api = &template["Resources"]["Api"]["Properties"];
    let body = &api["Body"];
    let mut methods = Map::new();
    for (path, item) in body["paths"].as_object().ok_or("the body has no paths")? {
        for (method, operation) in item.as_object().ok_or("a path is no mapping")? {
            let method = match &**method {
                "x-amazon-apigateway-any-method" => "ANY".to_owned(),
                method => method.to_uppercase(),
            };
            methods.insert(format!("{method} {path}"), operation_of(body, operation)?);
        }
    }
    let mut models = Map::new();
    for (name, schema) in entries(&body["components"]["schemas"]) {
        let named = |it: &str| it.strip_prefix("#/components/schemas/").map(str::to_owned);
        models.insert(name.clone(), schema_of(schema, &named));
    }
    let mut responses = Map::new();
    for (name, it) in entries(&body["x-amazon-apigateway-gateway-responses"]) {
        let it = json!([it["statusCode"], it["responseParameters"], it["responseTemplates"]]);
        responses.insert(name.clone(), it);
    }
    let endpoint = &body["servers"][0]["x-amazon-apigateway-endpoint-configuration"];
    Ok(sorted(json!({
        "name": body["info"]["title"],
        "description": body["info"]["description"],
        "api": [api["EndpointConfiguration"], api["SecurityPolicy"], api["EndpointAccessMode"], api["Tags"]],
        "disabled": endpoint["disableExecuteApiEndpoint"],
        "policy": body["x-amazon-apigateway-policy"],
        "key": body["x-amazon-apigateway-api-key-source"],
        "binary": body["x-amazon-apigateway-binary-media-types"],
        "compression": body["x-amazon-apigateway-minimum-compression-size"],
        "models": models,
        "responses": responses,
        "routes": methods,
        "rest": rest(template, &DEFINITION),
    })))
}

fn operation_of(body: &Value, operation: &Value) -> Result<Value, Failed> {
    let (mut authorization, mut key) = (json!({ "type": "NONE" }), false);
    let security = operation["security"].as_array().into_iter().flatten();
    for (name, scopes) in security.flat_map(entries) {
        let scheme = &body["components"]["securitySchemes"][name];
        let it = &scheme["x-amazon-apigateway-authorizer"];
        if name == "api_key" {
            key = true;
        } else if scheme["x-amazon-apigateway-authtype"] == "awsSigv4" {
            authorization = json!({ "type": "AWS_IAM" });
        } else {
            let kind = it["type"].as_str().unwrap_or_default().to_uppercase();
            let method = if kind == "COGNITO_USER_POOLS" { &kind } else { "CUSTOM" };
            authorization = json!({
                "type": method,
                "kind": kind,
                "name": name,
                "identity": list(&it["identitySource"]),
                "pattern": it["identityValidationExpression"],
                "uri": it["authorizerUri"],
                "credentials": it["authorizerCredentials"],
                "ttl": it["authorizerResultTtlInSeconds"],
                "pools": it["providerARNs"],
                "scopes": scopes,
            });
        }
    }
    let mut parameters = Map::new();
    for it in operation["parameters"].as_array().into_iter().flatten() {
        let place = if it["in"] == "query" { "querystring" } else { it["in"].as_str().unwrap_or_default() };
        let name = format!("method.request.{place}.{}", it["name"].as_str().unwrap_or_default());
        parameters.insert(name, it["required"].as_bool().unwrap_or_default().into());
    }
    let models = |content: &Value| -> Map<String, Value> {
        let named = |it: &Value| {
            it["schema"]["$ref"].as_str().unwrap_or_default().rsplit('/').next().map(Value::from)
        };
        entries(content).map(|(name, it)| (name.clone(), named(it).unwrap_or_default())).collect()
    };
    let mut responses = Map::new();
    for (status, it) in entries(&operation["responses"]) {
        let headers = entries(&it["headers"]).map(|it| format!("method.response.header.{}", it.0));
        responses.insert(status.clone(), json!([names(headers), models(&it["content"])]));
    }
    let it = &operation["x-amazon-apigateway-integration"];
    let mut answers = Map::new();
    for (pattern, it) in entries(&it["responses"]) {
        answers.insert(
            pattern.clone(),
            json!([
                it["statusCode"],
                it["responseParameters"],
                it["responseTemplates"],
                it["contentHandling"]
            ]),
        );
    }
    let validator = operation["x-amazon-apigateway-request-validator"].as_str();
    let validator = validator.map(|it| &body["x-amazon-apigateway-request-validators"][it]);
    let passthrough = it["passthroughBehavior"].as_str().map(str::to_uppercase);
    Ok(json!({
        "operation": operation["operationId"],
        "authorization": authorization,
        "key": key,
        "validator": validator.map(|it| json!([it["validateRequestBody"], it["validateRequestParameters"]])),
        "parameters": parameters,
        "models": models(&operation["requestBody"]["content"]),
        "responses": responses,
        "integration": {
            "type": it["type"].as_str().unwrap_or_default().to_uppercase(),
            "method": it["httpMethod"],
            "uri": it["uri"],
            "connection": [it["connectionType"], it["connectionId"], it["integrationTarget"]],
            "credentials": it["credentials"],
            "timeout": it["timeoutInMillis"],
            "transfer": it["responseTransferMode"],
            "passthrough": passthrough,
            "conversion": it["contentHandling"],
            "parameters": it["requestParameters"],
            "templates": it["requestTemplates"],
            "cache": it["cacheKeyParameters"],
            "answers": answers,
        },
    }))
}

/// What single resources say.
pub(super) fn from_resources(template: &Value) -> Result<Value, Failed> {
    let resources = template["Resources"].as_object().ok_or("no resources")?;
    let referred =
        |it: &Value| -> Option<&Value> { Some(&resources.get(it["Ref"].as_str()?)?["Properties"]) };
    let of = |kind: &'static str| {
        let kind = format!("AWS::ApiGateway::{kind}");
        resources.values().filter(move |it| it["Type"] == *kind).map(|it| &it["Properties"])
    };
    let models = |all: &Value| -> Map<String, Value> {
        let name = |it: &Value| referred(it).map(|it| it["Name"].clone()).unwrap_or_default();
        entries(all).map(|(media_type, it)| (media_type.clone(), name(it))).collect()
    };
    let mut methods = Map::new();
    for method in of("Method") {
        let mut path = String::new();
        let mut resource = &method["ResourceId"];
        while let Some(it) = referred(resource) {
            path = format!("/{}{path}", it["PathPart"].as_str().unwrap_or_default());
            resource = &it["ParentId"];
        }
        if *resource != json!({ "Fn::GetAtt": ["Api", "RootResourceId"] }) {
            return Err(format!("the path {path} does not begin at the root").into());
        }
        let path = if path.is_empty() { "/" } else { &path };
        let key = format!("{} {path}", method["HttpMethod"].as_str().unwrap_or_default());
        let mut authorization = json!({ "type": method["AuthorizationType"] });
        if let Some(it) = referred(&method["AuthorizerId"]) {
            authorization = json!({
                "type": method["AuthorizationType"],
                "kind": it["Type"],
                "name": it["Name"],
                "identity": list(&it["IdentitySource"]),
                "pattern": it["IdentityValidationExpression"],
                "uri": it["AuthorizerUri"],
                "credentials": it["AuthorizerCredentials"],
                "ttl": it["AuthorizerResultTtlInSeconds"],
                "pools": it["ProviderARNs"],
                "scopes": method.get("AuthorizationScopes").cloned().unwrap_or(json!([])),
            });
        }
        let mut responses = Map::new();
        for it in method["MethodResponses"].as_array().into_iter().flatten() {
            let headers = entries(&it["ResponseParameters"]).map(|it| it.0.clone());
            let status = it["StatusCode"].as_str().unwrap_or_default();
            responses.insert(status.to_owned(), json!([names(headers), models(&it["ResponseModels"])]));
        }
        let it = &method["Integration"];
        let mut answers = Map::new();
        for it in it["IntegrationResponses"].as_array().into_iter().flatten() {
            let pattern = it["SelectionPattern"].as_str().unwrap_or("default");
            answers.insert(
                pattern.to_owned(),
                json!([
                    it["StatusCode"],
                    it["ResponseParameters"],
                    it["ResponseTemplates"],
                    it["ContentHandling"]
                ]),
            );
        }
        let validator = referred(&method["RequestValidatorId"]);
        methods.insert(
            key,
            json!({
                "operation": method["OperationName"],
                "authorization": authorization,
                "key": method["ApiKeyRequired"],
                "validator": validator.map(|it| json!([it["ValidateRequestBody"], it["ValidateRequestParameters"]])),
                "parameters": method["RequestParameters"].as_object().cloned().unwrap_or_default(),
                "models": models(&method["RequestModels"]),
                "responses": responses,
                "integration": {
                    "type": it["Type"],
                    "method": it["IntegrationHttpMethod"],
                    "uri": it["Uri"],
                    "connection": [it["ConnectionType"], it["ConnectionId"], it["IntegrationTarget"]],
                    "credentials": it["Credentials"],
                    "timeout": it["TimeoutInMillis"],
                    "transfer": it["ResponseTransferMode"],
                    "passthrough": it["PassthroughBehavior"],
                    "conversion": it["ContentHandling"],
                    "parameters": it["RequestParameters"],
                    "templates": it["RequestTemplates"],
                    "cache": it["CacheKeyParameters"],
                    "answers": answers,
                },
            }),
        );
    }
    let mut schemas = Map::new();
    for it in of("Model") {
        let named = |it: &str| {
            let id = it.strip_prefix("https://apigateway.amazonaws.com/restapis/${Api}/models/${")?;
            Some(resources.get(id.strip_suffix('}')?)?["Properties"]["Name"].as_str()?.to_owned())
        };
        schemas.insert(it["Name"].as_str().unwrap_or_default().to_owned(), schema_of(&it["Schema"], &named));
    }
    let mut responses = Map::new();
    for it in of("GatewayResponse") {
        let name = it["ResponseType"].as_str().unwrap_or_default();
        responses.insert(
            name.to_owned(),
            json!([it["StatusCode"], it["ResponseParameters"], it["ResponseTemplates"]]),
        );
    }
    let api = &resources["Api"]["Properties"];
    Ok(sorted(json!({
        "name": api["Name"],
        "description": api["Description"],
        "api": [api["EndpointConfiguration"], api["SecurityPolicy"], api["EndpointAccessMode"], api["Tags"]],
        "disabled": api["DisableExecuteApiEndpoint"],
        "policy": api["Policy"],
        "key": api["ApiKeySourceType"],
        "binary": api["BinaryMediaTypes"],
        "compression": api["MinimumCompressionSize"],
        "models": schemas,
        "responses": responses,
        "routes": methods,
        "rest": rest(template, &DEFINITION),
    })))
}

/// A schema in which models are named by their names. Which JSON Schema it is, OpenAPI says once for all.
fn schema_of(it: &Value, named: &dyn Fn(&str) -> Option<String>) -> Value {
    match it {
        Value::Object(map) => map
            .iter()
            .filter(|it| it.0 != "$schema")
            .map(|(key, it)| {
                let text = it.as_str().or_else(|| it["Fn::Sub"].as_str());
                let model = text.filter(|_| key == "$ref").and_then(named);
                (key.clone(), model.map_or_else(|| schema_of(it, named), Value::from))
            })
            .collect(),
        Value::Array(items) => items.iter().map(|it| schema_of(it, named)).collect(),
        it => it.clone(),
    }
}

fn entries(it: &Value) -> impl Iterator<Item = (&String, &Value)> {
    it.as_object().into_iter().flatten()
}

fn names(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = all.collect();
    all.sort();
    all
}
