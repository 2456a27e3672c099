//! WebSocket APIs.

use serde_json::{Value, json};

use super::*;

fn websocket(text: &str) -> Value {
    in_resources(&model(&format!("gatewright: 1\nname: chat\nkind: websocket\n{text}")))
}

/// A specification with everything that a deployment holds, in which one piece of text is replaced by another.
fn changed(from: &str, to: &str) -> String {
    const TEXT: &str = r#"
routeSelection: $request.body.action
functions: { f: { runtime: python3.13, handler: a.h, code: ./f }, auth: { name: auth } }
models: { Message: { type: object, properties: { text: { type: string } } } }
authorizers: { token: { lambda: auth, identity: $request.querystring.token } }
integrations:
  http: { http: "https://example.com/a", timeout: 5s, description: Text }
  mapped:
    http: "https://example.com/b"
    requestParameters: { header.x: $context.connectionId }
    request: { $default: "{}" }
    responses: { default: { body: "{}" }, '4\d\d': { body: "[]" } }
routes:
  $connect: { lambda: f, authorizer: token, validate: { query: token } }
  sendMessage: { integration: http, response: true, validate: { body: Message } }
  search: mapped
stages: { prod: { throttle: { rate: 10, burst: 20 }, variables: { a: b }, tags: { c: d }, executionLog: error } }
"#;
    assert!(TEXT.contains(from), "{from}");
    let template = websocket(&TEXT.replacen(from, to, 1));
    let id = all(&template, "AWS::ApiGatewayV2::Deployment")[0].to_owned();
    assert_eq!(of(&template, "ProdStage")["DeploymentId"], json!({ "Ref": id }));
    id
}

#[test]
fn what_a_deployment_holds_makes_a_new_one_and_nothing_else() {
    let plain = changed("", "");
    for (from, to) in [
        ("rate: 10", "rate: 11"),
        ("burst: 20", "burst: 21"),
        ("a: b", "a: c"),
        ("c: d", "c: e"),
        ("executionLog: error", "executionLog: { level: info, dataTrace: true }"),
        ("executionLog: error", "executionLog: error, accessLog: json, alarms: { 5xx: { above: 1 } }"),
        ("executionLog: error", "executionLog: error, clientCertificate: create, detailedMetrics: true"),
        (
            "executionLog: error",
            "executionLog: error, routes: { search: { throttle: { rate: 1, burst: 1 } } }",
        ),
        ("executionLog: error", "executionLog: error, description: text"),
        ("search: mapped", "search: { integration: mapped, throttle: { rate: 1, burst: 1 } }"),
        ("search: mapped", "search: { integration: mapped, description: text }"),
        ("description: Text", "description: Other"),
        ("code: ./f", "code: ./f, memory: 512"),
        ("code: ./f", "code: ./f, manageConnections: true"),
        ("functions:", "description: text\nfunctions:"),
        ("functions:", "tags: { e: f }\nfunctions:"),
        ("functions:", "overrides: { Api: { Properties: { Tags: { a: b } } } }\nfunctions:"),
        ("functions:", "cloudWatchRole: true\nfunctions:"),
        ("functions:", "apiKeys: { k: {} }\nusagePlans: { p: { stages: [prod], keys: [k] } }\nfunctions:"),
    ] {
        assert_eq!(changed(from, to), plain, "{to}");
    }
    for (from, to) in [
        ("body.action", "body.type"),
        ("functions:", "apiKeySource: authorizer\nfunctions:"),
        ("functions:", "disableDefaultEndpoint: true\nfunctions:"),
        ("functions:", "ipAddressType: dualstack\nfunctions:"),
        ("code: ./f", "code: ./f, name: mine"),
        ("name: auth", "name: other"),
        ("type: string", "type: number"),
        ("querystring.token }", "header.Origin }"),
        ("example.com/a", "example.com/c"),
        ("timeout: 5s", "timeout: 6s"),
        ("connectionId", "requestId"),
        ("header.x:", "header.y:"),
        ("request: { $default: \"{}\" }", "request: { $default: \"[]\" }"),
        ("request: { $default: \"{}\" }", "request: { terse: \"{}\" }"),
        ("default: { body: \"{}\" }", "default: { body: \"[]\" }"),
        ("4\\d\\d", "5\\d\\d"),
        ("authorizer: token, ", ""),
        ("authorizer: token, ", "authorizer: iam, "),
        ("authorizer: token, ", "authorizer: token, apiKey: required, "),
        ("validate: { query: token }", "validate: { headers: token }"),
        (", validate: { body: Message }", ""),
        ("response: true, ", ""),
        ("sendMessage:", "send:"),
        ("search: mapped", "search: http"),
        ("search: mapped", "search: mapped\n  $default: mapped"),
        ("search: mapped", "search: { integration: mapped, operationName: Search }"),
        (
            "functions:",
            "overrides: { HttpIntegration: { Properties: { TimeoutInMillis: 100 } } }\nfunctions:",
        ),
    ] {
        assert_ne!(changed(from, to), plain, "{to}");
    }
}

#[test]
fn the_order_of_keys_makes_no_deployment() {
    let a = "functions: { f: { name: f } }\nroutes: { $connect: f, a: { lambda: f, response: true } }\n";
    let b = "routes: { a: { response: true, lambda: f }, $connect: f }\nfunctions: { f: { name: f } }\n";
    let id = |text: &str| all(&websocket(text), "AWS::ApiGatewayV2::Deployment")[0].to_owned();
    assert_eq!(id(a), id(b));
}

#[test]
fn a_deployment_waits_for_what_nothing_refers_to() {
    let template =
        websocket("routes: { $connect: { mock: {} }, ping: { mock: { body: pong }, response: true } }\n");
    let id = all(&template, "AWS::ApiGatewayV2::Deployment")[0];
    assert_eq!(
        template["Resources"][id]["DependsOn"],
        json!([
            "ConnectIntegrationDefaultResponse",
            "PingIntegrationDefaultResponse",
            "ConnectRoute",
            "ConnectRouteResponse",
            "PingRoute",
            "PingRouteResponse"
        ])
    );
    assert_eq!(
        of(&template, "PingIntegrationDefaultResponse")["ResponseTemplates"],
        json!({ "$default": "pong" })
    );
}

#[test]
fn functions_are_permitted_for_the_key_as_it_stands_in_the_arn() {
    let template = websocket(
        "functions: { f: { name: f } }\nroutes: { $connect: f, send message: f, chat/send: f }\nstages: { dev: {}, prod: {} }\n",
    );
    let sources: Vec<&str> =
        all(&template, "AWS::Lambda::Permission").into_iter().map(|it| source(&template, it)).collect();
    assert_eq!(sources, ["*/$connect", "*/send*message", "*/chat*send"]);
}

#[test]
fn functions_may_send_to_connections_of_the_stages_that_are_built() {
    let ir = model(
        "gatewright: 1\nname: chat\nkind: websocket\nfunctions: { f: { runtime: python3.13, handler: a.h, code: ./f, manageConnections: true }, g: { runtime: python3.13, handler: a.h, code: ./f, manageConnections: true, role: \"arn:aws:iam::123456789012:role/mine\" } }\nroutes: { $connect: f, $default: g }\nstages: { dev: {}, prod: {} }\n",
    );
    let options = Options { stage: Some(stage(&ir, "prod")), ..Options::default() };
    let (template, notes) = built(&ir, options);
    let statement = &of(&template, "FFunctionRole")["Policies"][1]["PolicyDocument"]["Statement"][0];
    let arn = |method: &str| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{Api}}/prod/{method}/@connections/*") });
    assert_eq!(statement["Action"], "execute-api:ManageConnections");
    assert_eq!(statement["Resource"], json!([arn("POST"), arn("GET"), arn("DELETE")]));
    assert!(notes.iter().any(|it| it.contains("`g`") && it.contains("ManageConnections")), "{notes:?}");
}

#[test]
fn the_layout_is_always_resources() {
    let ir = model(
        "gatewright: 1\nname: chat\nkind: websocket\nfunctions: { f: { name: f } }\nroutes: { $connect: f }\n",
    );
    let body = built(&ir, Options { layout: Layout::Body, ..Options::default() });
    assert_eq!(body, built(&ir, Options { layout: Layout::Resources, ..Options::default() }));
    let outputs = &body.0["Outputs"];
    let url = |scheme: &str| json!({ "Fn::Sub": format!("{scheme}://${{Api}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/prod") });
    assert_eq!(outputs["ProdUrl"]["Value"], url("wss"));
    assert_eq!(outputs["ProdCallbackUrl"]["Value"], url("https"));
}

#[test]
fn without_the_default_endpoint_callbacks_go_to_the_domain_name() {
    let template = websocket(
        "disableDefaultEndpoint: true\nfunctions: { f: { name: f } }\nroutes: { $connect: f }\nstages: { dev: {}, prod: {} }\ndomains: { x.com: { existing: true, mappings: { /: prod } } }\n",
    );
    let outputs = &template["Outputs"];
    assert_eq!(outputs["ProdUrl"]["Value"], "wss://x.com");
    assert_eq!(outputs["ProdCallbackUrl"]["Value"], "https://x.com");
    assert!(outputs["DevUrl"].is_null());
}

#[test]
fn what_an_integration_takes_of_the_request_is_declared() {
    let template = websocket(
        "functions: { f: { name: f } }\nroutes: { $connect: { lambda: f, requestParameters: { header.a: $request.header.Origin, header.b: $request.querystring.room, header.c: text }, validate: { query: room } } }\n",
    );
    assert_eq!(
        of(&template, "ConnectRoute")["RequestParameters"],
        json!({ "route.request.header.Origin": { "Required": false }, "route.request.querystring.room": { "Required": true } })
    );
}

#[test]
fn templates_and_models_are_selected_by_what_there_is_of_them() {
    let template = websocket(
        "models: { A: { type: object }, B: { type: object } }\nintegrations: { one: { http: \"https://example.com\", request: { $default: a } }, named: { http: \"https://example.com\", request: { terse: a } }, both: { http: \"https://example.com\", request: { $default: a, terse: b } } }\nroutes: { a: { integration: one, validate: { body: A } }, b: { integration: named, validate: { body: { a: A, b: B } } }, c: both }\n",
    );
    let template_of = |it: &str| of(&template, it)["TemplateSelectionExpression"].clone();
    assert_eq!(template_of("OneIntegration"), "\\$default");
    assert_eq!(template_of("NamedIntegration"), "terse");
    assert_eq!(template_of("BothIntegration"), "${request.body.action}");
    assert_eq!(of(&template, "ARoute")["ModelSelectionExpression"], "$default");
    assert_eq!(of(&template, "BRoute")["ModelSelectionExpression"], "$request.body.action");
    assert_eq!(template["Resources"]["BRoute"]["DependsOn"], json!(["AModel", "BModel"]));
}

#[test]
fn routes_move_into_nested_stacks_with_their_responses() {
    let routes: String =
        (0..160).map(|at| format!("  m{at}: {{ mock: {{ body: \"{at}\" }}, response: true }}\n")).collect();
    let ir = model(&format!("gatewright: 1\nname: chat\nkind: websocket\nroutes:\n{routes}"));
    let output = cloudformation(&ir, &Options { format: Format::Json, ..Options::default() });
    let read = |it: &crate::Artifact| -> Value { serde_json::from_str(&it.text).expect("JSON") };
    let main = read(&output.artifacts[0]);
    assert!(all(&main, "AWS::ApiGatewayV2::Route").is_empty());
    assert!(all(&main, "AWS::ApiGatewayV2::IntegrationResponse").is_empty());
    let nested: usize =
        output.artifacts[1..].iter().map(|it| all(&read(it), "AWS::ApiGatewayV2::RouteResponse").len()).sum();
    assert_eq!(nested, 160);
    assert!(output.notes.iter().all(|it| !it.message.contains("--layout body")));
}

#[test]
fn alarms_watch_the_metrics_of_websocket_apis() {
    let template = websocket(
        "functions: { f: { name: f } }\nroutes: { $connect: f }\nstages: { prod: { alarms: { 4xx: { above: 5 }, 5xx: { above: 5 }, count: { above: 5 } } } }\n",
    );
    assert_eq!(of(&template, "ProdStage4xxAlarm")["MetricName"], "ClientError");
    assert_eq!(of(&template, "ProdStageCountAlarm")["MetricName"], "MessageCount");
    let errors = &of(&template, "ProdStage5xxAlarm")["Metrics"];
    assert_eq!(errors[0]["Expression"], "FILL(executionError, 0) + FILL(integrationError, 0)");
    assert_eq!(errors[2]["MetricStat"]["Metric"]["MetricName"], "IntegrationError");
}

#[test]
fn connections_are_accepted_without_an_integration() {
    let template = websocket(
        "functions: { f: { name: f }, auth: { name: auth } }\nauthorizers: { t: { lambda: auth, identity: $request.querystring.t } }\nroutes: { $connect: { authorizer: t, throttle: { rate: 1, burst: 2 } }, $disconnect: {}, $default: f }\n",
    );
    assert_eq!(
        of(&template, "ConnectRoute"),
        &json!({
            "ApiId": { "Ref": "Api" }, "RouteKey": "$connect", "AuthorizationType": "CUSTOM",
            "AuthorizerId": { "Ref": "TAuthorizer" },
        })
    );
    assert!(of(&template, "DisconnectRoute")["Target"].is_null());
    assert_eq!(of(&template, "ProdStage")["RouteSettings"]["$connect"]["ThrottlingBurstLimit"], 2);
    let id = all(&template, "AWS::ApiGatewayV2::Deployment")[0];
    assert_eq!(
        template["Resources"][id]["DependsOn"],
        json!(["DefaultRoute", "ConnectRoute", "DisconnectRoute"])
    );
    assert!(all(&template, "AWS::Lambda::Permission").contains(&"AuthFunctionTAuthorizerPermission"));
}

#[test]
fn what_only_the_deployment_knows_is_static_text() {
    let template = websocket(
        "parameters: { H: { type: String } }\nroutes: { a: { http: \"https://example.com\", requestParameters: { header.x: !Ref H } } }\n",
    );
    assert_eq!(
        of(&template, "AIntegration")["RequestParameters"],
        json!({ "integration.request.header.x": { "Fn::Sub": "'${H}'" } })
    );
}
