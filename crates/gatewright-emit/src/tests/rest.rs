//! REST APIs.

use serde_json::{Value, json};

use super::*;

const REST: &str = "gatewright: 1\nname: orders\nkind: rest\n";

fn rest(text: &str) -> Ir {
    let cors = if text.contains("cors:") { "" } else { "cors: none\n" };
    model(&format!("{REST}{cors}{text}"))
}

/// The integration of a method in the `resources` layout.
fn integration<'t>(template: &'t Value, id: &str) -> &'t Value {
    &of(template, id)["Integration"]
}

/// The headers of the only answer of a method, without quotes.
fn answered(template: &Value, id: &str) -> Vec<(String, Value)> {
    let it = &integration(template, id)["IntegrationResponses"][0]["ResponseParameters"];
    let entries = it.as_object().into_iter().flatten();
    entries.map(|it| (it.0.trim_start_matches("method.response.header.").to_owned(), it.1.clone())).collect()
}

fn header(template: &Value, id: &str, name: &str) -> Option<Value> {
    answered(template, id).into_iter().find(|it| it.0 == name).map(|it| it.1)
}

/// The logical id of the only deployment, which is the same in both layouts.
fn deployed(text: &str, token: Option<&str>) -> String {
    let ir = rest(text);
    let [body, resources] = [Layout::Body, Layout::Resources].map(|layout| {
        let (template, _) = built(&ir, Options { layout, redeploy_token: token, ..Options::default() });
        all(&template, "AWS::ApiGateway::Deployment")[0].to_owned()
    });
    assert_eq!(body, resources);
    body
}

/// A specification with everything that a deployment holds, and much that it does not.
fn sample() -> String {
    r#"
description: Orders
functions: { f: { name: f }, auth: { name: auth } }
vpcLinks: { l: { subnets: [subnet-1] } }
ipAddressType: dualstack
cors: { allowOrigins: "https://shop.example.com", allowHeaders: [x-h], exposeHeaders: [x-e], allowMethods: [GET], maxAge: 1h, allowCredentials: true }
endpoint: { type: private, vpcEndpoints: [vpce-1], tlsPolicy: TLS_1_2, accessMode: basic }
policy: { allow: [{ vpcEndpoint: vpce-1 }] }
apiKeySource: header
binaryMediaTypes: [image/png]
minimumCompressionSize: 1kB
disableDefaultEndpoint: false
models: { Order: { type: object, properties: { sku: { type: string } } } }
authorizers: { t: { lambda: auth, type: token, cache: 1m, identity: $request.header.x-t, identityPattern: "[a-z]+", role: "arn:aws:iam::123456789012:role/t" }, p: { cognito: [arn-1], cache: 3m } }
integrations: { back: { http: "https://back.example.com", method: GET, description: Back } }
routes:
  GET /a: { integration: back, authorizer: t, cache: { ttl: 1m, key: [page] } }
  POST /b: { lambda: f, apiKey: required, validate: { body: Order, headers: [x-id] }, description: B, operationName: b }
  GET /c: { http: "https://c.example.com", request: { text/xml: "<a/>" }, responses: { default: { status: 200, headers: { x-a: b } } }, throttle: { rate: 1, burst: 1 } }
  GET /m: { mock: { status: 200, body: ok } }
  POST /s: { lambda: f, authorizer: p, scopes: [s/read], stream: true }
  GET /l: { http: "https://l.example.com", vpcLink: l, target: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/b/c" }
  PUT /t: { lambda: f, role: "arn:aws:iam::123456789012:role/r", request: { application/json: "{}" }, validate: { query: [q] }, responses: { default: { status: 202, model: Order, contentHandling: text, templates: { text/plain: a } }, 'No.*': 404 } }
gatewayResponses: { UNAUTHORIZED: { status: 401, headers: { x-a: b }, body: nobody } }
apiKeys: { k: {} }
usagePlans: { p: { stages: [live], keys: [k], throttle: { rate: 1, burst: 1 }, quota: { limit: 9, per: day } } }
stages:
  live: { variables: { a: b }, throttle: { rate: 5, burst: 5 }, cache: { size: 0.5GB }, executionLog: error, tags: { a: b }, canary: { percent: 5 } }
"#
    .to_owned()
}

#[test]
fn what_a_deployment_holds_makes_a_new_one() {
    let sample = sample();
    let plain = deployed(&sample, None);
    for (old, new) in [
        ("vpcEndpoints: [vpce-1]", "vpcEndpoints: [vpce-2]"),
        ("allow: [{ vpcEndpoint: vpce-1 }]", "allow: [{ vpcEndpoint: vpce-2 }]"),
        ("type: private, vpcEndpoints: [vpce-1]", "type: edge"),
        ("tlsPolicy: TLS_1_2", "tlsPolicy: SecurityPolicy_TLS13_1_3_2025_09"),
        ("accessMode: basic", "accessMode: strict"),
        ("ipAddressType: dualstack", "ipAddressType: ipv4"),
        ("https://shop.example.com", "https://www.example.com"),
        ("allowHeaders: [x-h]", "allowHeaders: [x-i]"),
        ("exposeHeaders: [x-e]", "exposeHeaders: [x-f]"),
        ("allowMethods: [GET]", "allowMethods: [PUT]"),
        ("maxAge: 1h", "maxAge: 2h"),
        (", allowCredentials: true", ""),
        ("header.x-t", "header.x-u"),
        ("[a-z]+", "[0-9]+"),
        ("role/t", "role/u"),
        ("cognito: [arn-1]", "cognito: [arn-2]"),
        ("cache: 3m", "cache: 4m"),
        ("s/read", "s/write"),
        (", stream: true", ""),
        ("https://l.example.com", "https://m.example.com"),
        (", vpcLink: l, target", ", target"),
        ("listener/app/a/b/c", "listener/app/a/b/d"),
        ("subnet-1", "subnet-2"),
        ("role/r", "role/s"),
        ("request: { application/json", "request: { text/plain"),
        ("query: [q]", "query: [r]"),
        (" model: Order,", ""),
        ("contentHandling: text,", "contentHandling: binary,"),
        ("text/plain: a", "text/plain: b"),
        ("text/plain: a", "text/html: a"),
        ("'No.*'", "'Not.*'"),
        ("'No.*': 404", "'No.*': 410"),
        ("body: nobody", "body: somebody"),
        ("apiKeySource: header", "apiKeySource: authorizer"),
        ("image/png", "image/gif"),
        ("1kB", "2kB"),
        ("disableDefaultEndpoint: false", "disableDefaultEndpoint: true"),
        ("sku: { type: string }", "sku: { type: number }"),
        ("models: { Order", "models: { More: { type: object, properties: { a: {} } }, Order"),
        ("cache: 1m,", "cache: 2m,"),
        (
            "type: token, cache: 1m, identity: $request.header.x-t, identityPattern: \"[a-z]+\"",
            "type: request, cache: 1m, identity: $request.header.x-t",
        ),
        ("lambda: auth", "lambda: f"),
        ("\"https://back.example.com\"", "\"https://front.example.com\""),
        ("method: GET", "method: POST"),
        ("method: GET", "method: GET, timeout: 1s"),
        ("method: GET", "method: GET, requestParameters: { header.a: b }"),
        ("authorizer: t", "authorizer: iam"),
        ("key: [page]", "key: [size]"),
        ("apiKey: required", "apiKey: none"),
        ("body: Order, ", ""),
        ("headers: [x-id]", "headers: [x-no]"),
        ("operationName: b", "operationName: c"),
        ("<a/>", "<b/>"),
        ("default: { status: 200", "default: { status: 201"),
        ("headers: { x-a: b } } }, throttle", "headers: { x-a: c } } }, throttle"),
        ("responses: { default", "passthroughBehavior: never, responses: { default"),
        ("responses: { default", "contentHandling: text, responses: { default"),
        ("body: ok", "body: no"),
        ("mock: { status: 200", "mock: { status: 202"),
        ("GET /m", "GET /n"),
        ("GET /m", "PUT /m"),
        ("UNAUTHORIZED: { status: 401", "UNAUTHORIZED: { status: 400"),
        ("UNAUTHORIZED", "THROTTLED"),
    ] {
        let changed = sample.replacen(old, new, 1);
        assert_ne!(changed, sample, "{old}");
        assert_ne!(deployed(&changed, None), plain, "{old} → {new}");
    }
    for more in [
        "overrides: { PostBMethod: { Properties: { OperationName: x } } }\n",
        "overrides: { Api: { Properties: { MinimumCompressionSize: 5 } } }\n",
        "overrides: { OrderModel: { Properties: { Description: x } } }\n",
    ] {
        assert_ne!(deployed(&format!("{sample}{more}"), None), plain, "{more}");
    }
    assert_ne!(deployed(&sample, Some("1")), plain);
}

#[test]
fn what_a_deployment_does_not_hold_makes_no_new_one() {
    let sample = sample();
    let plain = deployed(&sample, None);
    for (old, new) in [
        ("description: Orders", "description: Others"),
        ("description: Back", "description: Front"),
        ("description: B,", "description: C,"),
        ("throttle: { rate: 1, burst: 1 } }\n  GET /m", "throttle: { rate: 2, burst: 2 } }\n  GET /m"),
        ("ttl: 1m", "ttl: 2m"),
        ("variables: { a: b }", "variables: { a: c }"),
        ("throttle: { rate: 5, burst: 5 }", "throttle: { rate: 6, burst: 6 }"),
        ("size: 0.5GB", "size: 1.6GB"),
        ("executionLog: error", "executionLog: info, tracing: true, accessLog: json"),
        ("tags: { a: b }", "tags: { a: c }"),
        ("apiKeys: { k: {} }", "apiKeys: { k: { description: k } }"),
        ("keys: [k], throttle: { rate: 1", "keys: [k], throttle: { rate: 2"),
        ("quota: { limit: 9", "quota: { limit: 8"),
        ("percent: 5", "percent: 6"),
        ("canary: { percent: 5 }", "description: Live"),
        ("canary: { percent: 5 }", "clientCertificate: create, webAcl: arn-3, documentationVersion: '1'"),
        ("canary: { percent: 5 }", "detailedMetrics: true, alarms: { 5xx: { above: 1 } }"),
        ("canary: { percent: 5 }", "routes: { GET /m: { throttle: { rate: 1, burst: 1 } } }"),
        ("routes:\n", "# A comment.\nroutes:\n"),
        (
            "functions: {",
            "cloudWatchRole: true\ndomains: { x.com: { existing: true, mappings: { a: live } } }\nfunctions: {",
        ),
        ("functions: {", "overrides: { Api: { Properties: { Tags: [] } } }\nfunctions: {"),
        ("GET /m: { mock: { status: 200, body: ok } }\n", "GET /m: { mock: { body: ok, status: 200 } }\n"),
    ] {
        let changed = sample.replacen(old, new, 1);
        assert_ne!(changed, sample, "{old}");
        assert_eq!(deployed(&changed, None), plain, "{old} → {new}");
    }
    assert_eq!(deployed(&format!("tags: {{ x: y }}\n{sample}"), None), plain);
}

#[test]
fn paths_become_a_tree() {
    let template = in_resources(&rest(
        "functions: { f: { name: f } }\nroutes: { GET /: f, \"GET /a/{x}/b\": f, \"POST /a/{x}\": f, \"ANY /a/{x}/b/{p+}\": f }\n",
    ));
    assert_eq!(
        all(&template, "AWS::ApiGateway::Resource"),
        ["AResource", "AVarResource", "AVarBResource", "AVarBProxyResource"]
    );
    let root = json!({ "Fn::GetAtt": ["Api", "RootResourceId"] });
    assert_eq!(of(&template, "AResource")["ParentId"], root);
    assert_eq!(of(&template, "AVarResource")["ParentId"], json!({ "Ref": "AResource" }));
    assert_eq!(of(&template, "AVarResource")["PathPart"], "{x}");
    assert_eq!(of(&template, "AVarBProxyResource")["PathPart"], "{p+}");
    assert_eq!(of(&template, "GetRootMethod")["ResourceId"], root);
    assert_eq!(of(&template, "AnyAVarBProxyMethod")["ResourceId"], json!({ "Ref": "AVarBProxyResource" }));
    assert_eq!(
        of(&template, "AnyAVarBProxyMethod")["RequestParameters"],
        json!({ "method.request.path.x": true, "method.request.path.p": true })
    );
    assert_eq!(
        template["Resources"][all(&template, "AWS::ApiGateway::Deployment")[0]]["DependsOn"],
        json!(["GetRootMethod", "GetAVarBMethod", "PostAVarMethod", "AnyAVarBProxyMethod"])
    );
}

#[test]
fn a_method_declares_what_it_asks_for() {
    let template = in_resources(&rest(
        "models: { M: { type: object, properties: { a: {} } } }\nroutes:\n  \"PUT /a/{x}\": { http: \"https://h.example.com/{x}/{y}\", validate: { body: M, headers: x-must, query: [q] }, cache: { ttl: 1m, key: [page, header.h] }, requestParameters: { header.a: $request.header.x-may, query.b: method.request.multivaluequerystring.many, header.c: $request.body.c, path.y: $request.path.x } }\n",
    ));
    let it = of(&template, "PutAVarMethod");
    assert_eq!(
        it["RequestParameters"],
        json!({
            "method.request.path.x": true,
            "method.request.header.x-must": true,
            "method.request.querystring.q": true,
            "method.request.header.x-may": false,
            "method.request.querystring.many": false,
            "method.request.querystring.page": false,
            "method.request.header.h": false,
        })
    );
    assert_eq!(it["Integration"]["RequestParameters"]["integration.request.path.x"], "method.request.path.x");
    assert_eq!(it["RequestValidatorId"], json!({ "Ref": "BodyAndParametersValidator" }));
    assert_eq!(
        it["Integration"]["CacheKeyParameters"],
        json!(["method.request.path.x", "method.request.querystring.page", "method.request.header.h"])
    );
    assert_eq!(it["Integration"]["IntegrationHttpMethod"], "PUT");
    assert_eq!(all(&template, "AWS::ApiGateway::RequestValidator"), ["BodyAndParametersValidator"]);
}

#[test]
fn statuses_of_a_method_are_unique() {
    let template = in_resources(&rest(
        "routes: { GET /a: { http: \"https://h.example.com\", responses: { default: { status: 200, headers: { a: b } }, '4\\d\\d': { status: 200, headers: { A: c, d: e } }, '5\\d\\d': 500 } } }\n",
    ));
    assert_eq!(
        of(&template, "GetAMethod")["MethodResponses"],
        json!([
            {
                "StatusCode": "200",
                "ResponseParameters": { "method.response.header.a": true, "method.response.header.d": true },
            },
            { "StatusCode": "500" },
        ])
    );
}

#[test]
fn a_preflight_answers_for_each_path_without_options() {
    let ir = rest(
        "functions: { f: { name: f } }\ncors: { allowOrigins: \"https://shop.example.com\", maxAge: 1h }\nroutes: { GET /a: f, DELETE /a: f, ANY /b: f, GET /c: f, OPTIONS /c: f }\n",
    );
    let template = in_resources(&ir);
    assert_eq!(
        header(&template, "OptionsAMethod", "Access-Control-Allow-Methods"),
        Some(json!("'GET,DELETE,OPTIONS'"))
    );
    assert_eq!(
        header(&template, "OptionsBMethod", "Access-Control-Allow-Methods"),
        Some(json!("'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS'"))
    );
    assert_eq!(header(&template, "OptionsAMethod", "Access-Control-Max-Age"), Some(json!("'3600'")));
    assert_eq!(header(&template, "OptionsAMethod", "Vary"), None);
    let it = of(&template, "OptionsAMethod");
    assert_eq!((&it["AuthorizationType"], &it["ApiKeyRequired"]), (&json!("NONE"), &json!(false)));
    assert_eq!(it["MethodResponses"][0]["StatusCode"], "204");
    assert_eq!(it["Integration"]["Type"], "MOCK");
    assert_eq!(of(&template, "OptionsCMethod")["Integration"]["Type"], "AWS_PROXY");
    assert!(
        built(&ir, Options::default())
            .1
            .iter()
            .any(|it| it.contains("must send `Access-Control-Allow-Origin`"))
    );
}

#[test]
fn pages_may_send_what_routes_want() {
    let text = |headers: &str, more: &str| {
        format!(
            "functions: {{ f: {{ name: f }} }}\nauthorizers: {{ u: {{ lambda: f, identity: [$request.header.X-Partner, $request.query.q] }}, p: {{ cognito: a }} }}\ncors: {{ allowOrigins: \"*\", allowHeaders: {headers}{more} }}\nroutes: {{ GET /u: {{ lambda: f, authorizer: u }}, GET /p: {{ lambda: f, authorizer: p }}, GET /i: {{ lambda: f, authorizer: iam }}, POST /k: {{ lambda: f, apiKey: required, validate: {{ headers: [x-id] }} }}, GET /n: f }}\n"
        )
    };
    let headers = |text: &str, id: &str| {
        let it = header(&in_resources(&rest(text)), id, "Access-Control-Allow-Headers");
        it.and_then(|it| Some(it.as_str()?.trim_matches('\'').to_owned()))
    };
    let own = text("[X-Own, authorization]", "");
    assert_eq!(headers(&own, "OptionsUMethod").as_deref(), Some("X-Own,authorization,X-Partner"));
    assert_eq!(headers(&own, "OptionsPMethod").as_deref(), Some("X-Own,authorization"));
    assert_eq!(
        headers(&own, "OptionsIMethod").as_deref(),
        Some("X-Own,authorization,x-amz-date,x-amz-security-token")
    );
    assert_eq!(
        headers(&own, "OptionsKMethod").as_deref(),
        Some("X-Own,authorization,content-type,x-api-key,x-id")
    );
    let none = text("[]", "");
    assert_eq!(headers(&none, "OptionsNMethod"), None);
    let every = text("\"*\"", "");
    assert_eq!(headers(&every, "OptionsKMethod").as_deref(), Some("*"));
    assert_eq!(headers(&every, "OptionsPMethod").as_deref(), Some("*,Authorization"));
    // With credentials, `*` is a name like any other.
    let credentials = text("\"*\"", ", allowCredentials: true")
        .replace("allowOrigins: \"*\"", "allowOrigins: \"https://a.example.com\"");
    assert_eq!(headers(&credentials, "OptionsKMethod").as_deref(), Some("*,content-type,x-api-key,x-id"));
}

#[test]
fn several_origins_are_chosen_by_a_template() {
    let text = |origins: &str, more: &str| {
        rest(&format!(
            "parameters: {{ Origin: {{ Type: String }}, Origins: {{ Type: CommaDelimitedList }} }}\ncors: {{ allowOrigins: {origins}{more} }}\nroutes: {{ GET /a: {{ mock: {{ body: ok }} }} }}\n"
        ))
    };
    let template = in_resources(&text("[\"https://a.example.com\", !Ref Origin]", ""));
    let origin = "Access-Control-Allow-Origin";
    assert_eq!(header(&template, "OptionsAMethod", origin), Some(json!("'https://a.example.com'")));
    assert_eq!(header(&template, "OptionsAMethod", "Vary"), Some(json!("'Origin'")));
    let chosen = |id: &str, template: &Value| {
        let it =
            &integration(template, id)["IntegrationResponses"][0]["ResponseTemplates"]["application/json"];
        it["Fn::Sub"].as_str().map(str::to_owned)
    };
    assert!(
        chosen("OptionsAMethod", &template).is_some_and(|it| it.contains("#if($origin == \"${Origin}\")"))
    );
    assert!(chosen("GetAMethod", &template).is_some_and(|it| it.ends_with("#end\nok")));
    let allowed = "gatewayresponse.header.Access-Control-Allow-Origin";
    assert_eq!(of(&template, "Default4xxGatewayResponse")["ResponseParameters"], json!({ allowed: "'*'" }));
    let template =
        in_resources(&text("[\"https://a.example.com\", !Ref Origin]", ", allowCredentials: true"));
    assert_eq!(
        of(&template, "Default5xxGatewayResponse")["ResponseParameters"][allowed],
        "method.request.header.origin"
    );
    // A parameter that holds a list.
    let template = in_resources(&text("!Ref Origins", ""));
    assert_eq!(
        header(&template, "OptionsAMethod", origin),
        Some(
            json!({ "Fn::Sub": ["'${Value1}'", { "Value1": { "Fn::Select": [0, { "Ref": "Origins" }] } }] })
        )
    );
    // One that holds one origin.
    let template = in_resources(&text("!Ref Origin", ""));
    assert_eq!(header(&template, "OptionsAMethod", origin), Some(json!({ "Fn::Sub": "'${Origin}'" })));
    assert_eq!(header(&template, "GetAMethod", origin), Some(json!({ "Fn::Sub": "'${Origin}'" })));
    let template = in_resources(&text("[\"https://a.example.com\", \"*\"]", ""));
    assert_eq!(header(&template, "GetAMethod", origin), Some(json!("'*'")));
}

#[test]
fn gateway_responses_keep_what_the_user_says() {
    let template = in_resources(&rest(
        "cors: { allowOrigins: \"https://a.example.com\" }\nroutes: { GET /a: { mock: {} } }\ngatewayResponses: { DEFAULT_4XX: { headers: { access-control-allow-origin: \"'https://b.example.com'\", x: $context.requestId } }, THROTTLED: { status: 420, body: slow } }\n",
    ));
    assert_eq!(
        of(&template, "Default4xxGatewayResponse")["ResponseParameters"],
        json!({
            "gatewayresponse.header.access-control-allow-origin": "'https://b.example.com'",
            "gatewayresponse.header.x": "context.requestId",
        })
    );
    let it = of(&template, "ThrottledGatewayResponse");
    assert_eq!(
        (&it["StatusCode"], &it["ResponseTemplates"]),
        (&json!("420"), &json!({ "application/json": "slow" }))
    );
    assert_eq!(
        it["ResponseParameters"],
        json!({ "gatewayresponse.header.Access-Control-Allow-Origin": "'https://a.example.com'" })
    );
}

#[test]
fn rules_become_a_policy() {
    let statements = |kind: &str, policy: &str| {
        let ir =
            rest(&format!("endpoint: {kind}\npolicy: {policy}\nroutes: {{ GET /a: {{ mock: {{}} }} }}\n"));
        of(&in_resources(&ir), "Api")["Policy"]["Statement"].clone()
    };
    let plain = |more: Value| {
        let mut it = json!({
            "Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
        });
        it.as_object_mut().expect("a statement").extend(more.as_object().cloned().unwrap_or_default());
        it
    };
    assert_eq!(statements("regional", "{ allow: [{}] }"), json!([plain(json!({}))]));
    assert_eq!(
        statements(
            "regional",
            "{ allow: [{ sourceIp: 192.0.2.0/24 }], deny: [{ principal: \"123456789012\" }] }"
        ),
        json!([
            plain(json!({ "Condition": { "IpAddress": { "aws:SourceIp": ["192.0.2.0/24"] } } })),
            plain(json!({ "Effect": "Deny", "Principal": { "AWS": ["123456789012"] } })),
        ])
    );
    assert_eq!(
        statements(
            "private",
            "{ allow: [{ vpcEndpoint: [vpce-1, vpce-2], vpc: vpc-1, organization: o-1, sourceIp: 10.0.0.0/8 }] }"
        ),
        json!([plain(json!({
            "Condition": {
                "StringEquals": {
                    "aws:SourceVpce": ["vpce-1", "vpce-2"], "aws:SourceVpc": ["vpc-1"], "aws:PrincipalOrgID": ["o-1"],
                },
                "IpAddress": { "aws:VpcSourceIp": ["10.0.0.0/8"] },
            },
        }))])
    );
    let document = "{ Version: \"2012-10-17\", Statement: [{ Effect: Allow, Principal: \"*\", Action: \"*\", Resource: \"*\" }] }";
    assert_eq!(statements("regional", document)[0]["Action"], "*");
}

#[test]
fn a_path_of_a_service_is_called_as_the_service_wants_it() {
    let method = |verb: &str, integration: &str| {
        let ir = rest(&format!(
            "parameters: {{ B: {{ Type: String }} }}\nroutes: {{ \"{verb} /a\": {{ {integration} }} }}\n"
        ));
        let (template, _) = built(&ir, Options { layout: Layout::Resources, ..Options::default() });
        let resources = template["Resources"].as_object().expect("a mapping");
        let methods = resources.values().filter(|it| it["Type"] == "AWS::ApiGateway::Method");
        let mut methods = methods.map(|it| it["Properties"]["Integration"]["IntegrationHttpMethod"].clone());
        methods.next().expect("a method")
    };
    // Whether CloudFormation fills something in makes no difference.
    for path in ["\"s3:path/b/k\"", "!Sub \"s3:path/${B}/k\"", "\"sqs:path/1/q\"", "!Sub \"sqs:path/1/${B}\""]
    {
        assert_eq!(method("GET", &format!("aws: {path}")), "GET", "{path}");
    }
    // A body for a queue is posted, whoever asks; S3 goes by the method.
    let request = "request: { application/json: a }";
    assert_eq!(method("GET", &format!("aws: !Sub \"sqs:path/1/${{B}}\", {request}")), "POST");
    assert_eq!(method("PUT", &format!("aws: \"s3:path/b/k\", {request}")), "PUT");
    assert_eq!(method("GET", "aws: dynamodb:Scan"), "POST");
}

#[test]
fn the_role_of_an_action_reaches_no_further_than_it_says() {
    let allowed = |verb: &str, integration: &str| {
        let ir = rest(&format!(
            "parameters: {{ Service: {{ Type: String }} }}\nintegrations: {{ i: {{ {integration} }} }}\nroutes: {{ \"{verb} /a/{{key}}\": i }}\nresources: {{ Q: {{ Type: AWS::SQS::Queue }} }}\n"
        ));
        let (template, notes) = built(&ir, Options { layout: Layout::Resources, ..Options::default() });
        let role = template["Resources"].get("IIntegrationRole");
        let it = role.map(|it| &it["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][0]);
        let it = it.map(|it| (it["Action"].clone(), it["Resource"].clone()));
        (it, notes.iter().any(|it| it.starts_with("integration `i`")))
    };
    let sub = |it: &str| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:{it}") });
    let named = |action: Value, resource: Value, noted: bool| (Some((action, resource)), noted);
    assert_eq!(
        allowed("POST", "aws: dynamodb:PutItem, resource: arn:aws:dynamodb:us-east-1:123456789012:table/t"),
        named(json!("dynamodb:PutItem"), json!("arn:aws:dynamodb:us-east-1:123456789012:table/t"), false)
    );
    assert_eq!(
        allowed("POST", "aws: sns:Publish"),
        named(json!("sns:Publish"), sub("sns:${AWS::Region}:${AWS::AccountId}:*"), true)
    );
    assert_eq!(
        allowed("GET", "aws: \"s3:path/bucket/{key}\""),
        named(json!("s3:GetObject"), sub("s3:::bucket/*"), false)
    );
    assert_eq!(
        allowed("GET", "aws: !Sub \"s3:path/${Q.QueueName}/{key}\""),
        named(json!("s3:GetObject"), sub("s3:::${Q.QueueName}/*"), false)
    );
    assert_eq!(
        allowed("ANY", "aws: \"s3:path/{key}/x\""),
        named(json!(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]), sub("s3:::*"), true)
    );
    assert_eq!(
        allowed("GET", "aws: \"s3:path/bucket\""),
        named(json!("s3:ListBucket"), sub("s3:::bucket"), false)
    );
    assert_eq!(
        allowed("POST", "aws: !Sub \"sqs:path/${AWS::AccountId}/${Q.QueueName}\""),
        named(json!("sqs:SendMessage"), sub("sqs:${AWS::Region}:${AWS::AccountId}:${Q.QueueName}"), false)
    );
    assert_eq!(
        allowed("POST", "aws: \"arn:aws:apigateway:eu-west-1:sqs:path/123456789012/q\""),
        named(json!("sqs:SendMessage"), sub("sqs:eu-west-1:123456789012:q"), false)
    );
    assert_eq!(
        allowed("POST", "aws: \"runtime.sagemaker:path/endpoints/e/invocations\""),
        named(json!("sagemaker:*"), sub("sagemaker:${AWS::Region}:${AWS::AccountId}:*"), true)
    );
    assert_eq!(allowed("POST", "aws: !Ref Service"), (None, true));
    assert_eq!(
        allowed("POST", "aws: sns:Publish, role: \"arn:aws:iam::123456789012:role/r\""),
        (None, false)
    );
}

#[test]
fn a_stage_caches_what_asks_for_it_and_nothing_else() {
    let template = in_resources(&rest(
        "functions: { f: { name: f } }\nroutes: { GET /: { lambda: f, cache: { ttl: 1m } }, \"GET /a/{x}\": { lambda: f, throttle: { rate: 1, burst: 2 } }, GET /b: f }\nstages: { plain: {}, cached: { cache: { size: 1.6GB, ttl: 2m }, routes: { GET /b: { cache: {} } } } }\n",
    ));
    let settings = |id: &str| of(&template, id)["MethodSettings"].clone();
    assert_eq!(
        settings("PlainStage"),
        json!([{ "ResourcePath": "/~1a~1{x}", "HttpMethod": "GET", "ThrottlingBurstLimit": 2, "ThrottlingRateLimit": 1 }])
    );
    assert_eq!(
        settings("CachedStage"),
        json!([
            { "ResourcePath": "/*", "HttpMethod": "*", "CachingEnabled": false },
            { "ResourcePath": "/", "HttpMethod": "GET", "CachingEnabled": true, "CacheTtlInSeconds": 60, "CacheDataEncrypted": true },
            { "ResourcePath": "/~1a~1{x}", "HttpMethod": "GET", "ThrottlingBurstLimit": 2, "ThrottlingRateLimit": 1, "CachingEnabled": false },
            { "ResourcePath": "/~1b", "HttpMethod": "GET", "CachingEnabled": true, "CacheTtlInSeconds": 120, "CacheDataEncrypted": true },
        ])
    );
    assert_eq!(of(&template, "CachedStage")["CacheClusterSize"], "1.6");
    assert!(of(&template, "PlainStage").get("CacheClusterEnabled").is_none());
}

#[test]
fn one_stage_has_a_stack_of_its_own() {
    let ir = rest(
        "functions: { f: { name: f, aliases: [a, b] } }\nintegrations: { i: { lambda: \"f:${stageVariables.v}\" } }\nroutes: { GET /x: i }\nstages: { dev: { variables: { v: a } }, prod: { variables: { v: b } } }\n",
    );
    let (template, _) = built(&ir, Options { stage: Some(stage(&ir, "prod")), ..Options::default() });
    assert_eq!(all(&template, "AWS::ApiGateway::Stage"), ["ProdStage"]);
    assert_eq!(all(&template, "AWS::Lambda::Permission"), ["FFunctionBGetXPermission"]);
    assert_eq!(source(&template, "FFunctionBGetXPermission"), "prod/GET/x");
}

#[test]
fn overrides_and_references_meet_what_is_generated() {
    let ir = rest(
        "models: { M: { type: object, properties: { a: {} } } }\nroutes: { \"GET /a/{x}\": { mock: {}, validate: M } }\nstages: { prod: {} }\noverrides: { GetAVarMethod: { Properties: { OperationName: x } } }\noutputs: { M: { Value: !Ref MModel }, D: { Value: !Ref ProdStageDeployment }, R: { Value: !Ref AVarResource } }\n",
    );
    let (template, notes) = built(&ir, Options { layout: Layout::Resources, ..Options::default() });
    assert_eq!(of(&template, "GetAVarMethod")["OperationName"], "x");
    let deployment = all(&template, "AWS::ApiGateway::Deployment")[0];
    assert_eq!(template["Outputs"]["D"]["Value"], json!({ "Ref": deployment }));
    assert!(!notes.iter().any(|it| it.contains("no effect")), "{notes:?}");
    let missing = cloudformation(&ir, &Options::default()).missing;
    assert_eq!(missing.iter().map(|it| &*it.id).collect::<Vec<_>>(), ["AVarResource", "MModel"]);
}

#[test]
fn a_large_api_goes_to_nested_stacks_and_its_tree_stays() {
    let routes: String =
        (0..300).map(|it| format!("  GET /r{it}: f\n  POST /r{it}: {{ aws: sns:Publish }}\n")).collect();
    let ir = rest(&format!("functions: {{ f: {{ name: f }} }}\nroutes:\n{routes}"));
    let options = Options { layout: Layout::Resources, format: Format::Json, ..Options::default() };
    let output = cloudformation(&ir, &options);
    let templates: Vec<Value> =
        output.artifacts.iter().map(|it| serde_json::from_str(&it.text).expect("JSON")).collect();
    let [main, nested @ ..] = &templates[..] else { panic!("no template") };
    assert!(ids(main).len() <= 500 && nested.iter().all(|it| ids(it).len() <= 500));
    assert_eq!(all(main, "AWS::ApiGateway::Resource").len(), 300);
    assert_eq!(nested.iter().map(|it| all(it, "AWS::ApiGateway::Method").len()).sum::<usize>(), 600);
    assert_eq!(nested.iter().map(|it| all(it, "AWS::IAM::Role").len()).sum::<usize>(), 300);
    let waits = &main["Resources"][all(main, "AWS::ApiGateway::Deployment")[0]]["DependsOn"];
    assert!(
        waits
            .as_array()
            .expect("a list")
            .iter()
            .all(|it| it.as_str().is_some_and(|it| it.starts_with("Routes")))
    );
    assert!(output.notes.iter().any(|it| it.message.contains("Method already exists")));
}

#[test]
fn a_large_body_lies_in_a_file_of_its_own() {
    let routes: String = (0..3000).map(|it| format!("  GET /r{it}: {{ mock: {{}} }}\n")).collect();
    let output = cloudformation(&rest(&format!("routes:\n{routes}")), &Options::default());
    assert_eq!(output.artifacts[1].path, "openapi-body.json");
    assert!(output.artifacts[0].text.contains("Mode: overwrite"));
}

#[test]
fn models_name_each_other() {
    let ir = rest(
        "models:\n  A: { type: object, properties: { b: { $ref: \"#/models/B\" }, own: { $ref: \"#/definitions/Own\" } }, definitions: { Own: { type: string } } }\n  B: { type: object, properties: { a: {} } }\nroutes: { POST /x: { mock: {}, validate: A } }\n",
    );
    let template = in_resources(&ir);
    let properties = &of(&template, "AModel")["Schema"]["properties"];
    assert_eq!(
        properties["b"]["$ref"],
        json!({ "Fn::Sub": "https://apigateway.amazonaws.com/restapis/${Api}/models/${BModel}" })
    );
    assert_eq!(properties["own"]["$ref"], "#/definitions/Own");
    let body = &of(&built(&ir, Options::default()).0, "Api")["Body"].clone();
    assert_eq!(body["components"]["schemas"]["A"]["properties"]["b"]["$ref"], "#/components/schemas/B");
    assert_eq!(body["components"]["schemas"]["A"]["properties"]["own"]["$ref"], "#/components/schemas/AOwn");
    assert_eq!(body["components"]["schemas"]["AOwn"], json!({ "type": "string" }));
    assert!(body["components"]["schemas"]["A"].get("definitions").is_none());
}

#[test]
fn the_canary_has_the_next_deployment_and_the_rest_the_one_before() {
    let build = |canary: &str| {
        let ir = rest(&format!(
            "routes: {{ GET /x: {{ mock: {{}} }} }}\nstages: {{ prod: {{ canary: {canary} }} }}\n"
        ));
        let (template, notes) = built(&ir, Options::default());
        let stage = of(&template, "ProdStage").clone();
        let id = |it: &Value| it["Ref"].as_str().expect("a reference").to_owned();
        let ids = (id(&stage["DeploymentId"]), id(&stage["CanarySetting"]["DeploymentId"]));
        (ids, all(&template, "AWS::ApiGateway::Deployment").len(), notes)
    };
    let ((rest, canary), deployments, notes) = build("{ percent: 10 }");
    assert_eq!((&rest, deployments), (&canary, 1));
    let digest = &canary["ProdStageDeployment".len()..];
    assert!(notes.iter().any(|it| it.contains(&format!("`stable: {digest}`"))), "{notes:?}");
    // Other variables are a difference of their own.
    assert!(!build("{ percent: 10, variables: { a: b } }").2.iter().any(|it| it.contains("canary")));

    let ((rest, latest), deployments, notes) = build("{ percent: 10, stable: 0a1b2c3d }");
    assert_eq!((&*rest, &latest, deployments), ("ProdStageDeployment0a1b2c3d", &canary, 2));
    assert!(!notes.iter().any(|it| it.contains("canary")), "{notes:?}");
    let ir = super::rest::rest(
        "routes: { GET /x: { mock: {} } }\nstages: { prod: { canary: { percent: 10, stable: 0a1b2c3d } } }\n",
    );
    let template = in_resources(&ir);
    assert_eq!(template["Resources"]["ProdStageDeployment0a1b2c3d"]["DependsOn"], json!(["GetXMethod"]));
    // Nothing has changed since.
    let ((rest, latest), deployments, _) = build(&format!("{{ percent: 10, stable: {digest} }}"));
    assert_eq!((rest, deployments), (latest, 1));
}

#[test]
fn an_authorizer_and_a_key_are_both_wanted() {
    let ir = rest(
        "functions: { f: { name: f } }\nauthorizers: { u: { cognito: a } }\nroutes: { GET /x: { lambda: f, authorizer: u, scopes: [s], apiKey: required } }\n",
    );
    let body = of(&built(&ir, Options::default()).0, "Api")["Body"].clone();
    assert_eq!(body["paths"]["/x"]["get"]["security"], json!([{ "u": ["s"] }, { "api_key": [] }]));
    let plain =
        openapi(&ir, &OpenApiOptions { plain: true, format: Format::Json, ..OpenApiOptions::default() });
    let plain: Value = serde_json::from_str(&plain.artifacts[0].text).expect("JSON");
    assert_eq!(plain["paths"]["/x"]["get"]["security"], json!([{ "u": [], "api_key": [] }]));
    let template = in_resources(&ir);
    let it = of(&template, "GetXMethod");
    assert_eq!(
        (&it["AuthorizationType"], &it["ApiKeyRequired"]),
        (&json!("COGNITO_USER_POOLS"), &json!(true))
    );
}

#[test]
fn what_only_the_deployment_knows_is_static_text() {
    let ir = rest(
        "parameters: { H: { type: String }, Q: { type: String, default: \"'a'\" } }\nconditions: { C: !Equals [!Ref H, a] }\nmappings: { M: { a: { b: \"'x'\" }, c: { b: \"'y'\" } }, N: { a: { b: x } } }\nintegrations: { i: { http: \"https://h.example.com\", requestParameters: { header.a: !Ref H, header.b: !Sub \"'${H}'\", header.c: !Sub \"${H}-x\", header.d: !Ref Q, header.e: !If [C, b, \"'c'\"], header.f: !Join [\"\", [\"'\", !Ref H, \"'\"]], header.g: !FindInMap [M, a, b], header.h: !FindInMap [N, a, b] } } }\nroutes: { GET /a: i, GET /b: { http: \"https://h.example.com\", responses: { default: { headers: { x: !Ref H } } } } }\ngatewayResponses: { THROTTLED: { headers: { x: !Ref H } } }\n",
    );
    let template = in_resources(&ir);
    let it = &integration(&template, "GetAMethod")["RequestParameters"];
    let sent = |name: &str| it[format!("integration.request.header.{name}")].clone();
    let quoted = json!({ "Fn::Sub": "'${H}'" });
    assert_eq!((sent("a"), sent("b")), (quoted.clone(), quoted.clone()));
    assert_eq!((sent("c"), sent("d")), (json!({ "Fn::Sub": "'${H}-x'" }), json!({ "Ref": "Q" })));
    assert_eq!(sent("e"), json!({ "Fn::If": ["C", "'b'", "'c'"] }));
    assert_eq!(sent("f"), json!({ "Fn::Join": ["", ["'", { "Ref": "H" }, "'"]] }));
    let found = |name: &str| json!({ "Fn::FindInMap": [name, "a", "b"] });
    assert_eq!(sent("g"), found("M"));
    assert_eq!(sent("h"), json!({ "Fn::Sub": ["'${Value1}'", { "Value1": found("N") }] }));
    assert_eq!(header(&template, "GetBMethod", "x"), Some(quoted.clone()));
    let it = &of(&template, "ThrottledGatewayResponse")["ResponseParameters"];
    assert_eq!(it["gatewayresponse.header.x"], quoted);
}

#[test]
fn mocks_read_requests_that_all_count_as_binary() {
    let handling = |types: &str, more: &str| {
        let template = in_resources(&rest(&format!(
            "parameters: {{ T: {{ type: String }} }}\nbinaryMediaTypes: [{types}]\nroutes: {{ GET /a: {{ mock: {{}}{more} }} }}\n"
        )));
        integration(&template, "GetAMethod")["ContentHandling"].clone()
    };
    assert_eq!(handling("\"*/*\"", ""), "CONVERT_TO_TEXT");
    assert_eq!(handling("!Ref T", ""), "CONVERT_TO_TEXT");
    assert_eq!(handling("image/png", ""), Value::Null);
    assert_eq!(handling("\"*/*\"", ", contentHandling: binary"), "CONVERT_TO_BINARY");
}

#[test]
fn several_origins_may_read_what_mocks_and_functions_answer() {
    let build = |more: &str| {
        let ir = rest(&format!(
            "{more}functions: {{ f: {{ name: f }} }}\ncors: {{ allowOrigins: [\"https://a.example.com\", \"https://b.example.com\"] }}\nroutes: {{ GET /m: {{ mock: {{}} }}, GET /f: {{ lambda: f, proxy: false }}, GET /h: {{ http: \"https://h.example.com\", proxy: false }} }}\n"
        ));
        built(&ir, Options { layout: Layout::Resources, ..Options::default() })
    };
    let (template, notes) = build("");
    let chosen = |template: &Value, id: &str| {
        let all = integration(template, id)["IntegrationResponses"].as_array().cloned().unwrap_or_default();
        let body = |it: &Value| it["ResponseTemplates"]["application/json"].as_str().map(str::to_owned);
        all.iter().map(body).collect::<Vec<_>>()
    };
    assert!(
        chosen(&template, "GetMMethod").iter().all(|it| it.as_ref().is_some_and(|it| it.ends_with("#end\n")))
    );
    let of_function = chosen(&template, "GetFMethod");
    assert_eq!(of_function.len(), 2);
    assert!(of_function.iter().all(|it| it.as_ref().is_some_and(|it| it.ends_with("#end\n$input.body"))));
    // It may be anything.
    assert!(chosen(&template, "GetHMethod").iter().all(Option::is_none));
    let note = notes.iter().find(|it| it.contains("let in only the first"));
    assert!(note.is_some_and(|it| it.contains("`GET /h`") && !it.contains("`GET /f`")), "{notes:?}");
    let (template, _) = build("binaryMediaTypes: [image/png]\n");
    assert!(chosen(&template, "GetFMethod").iter().all(Option::is_none));
}

#[test]
fn authorizers_have_names_that_openapi_allows() {
    let ir = rest(
        "functions: { f: { name: f } }\nauthorizers: { my auth: { lambda: f } }\nroutes: { GET /a: { lambda: f, authorizer: my auth } }\n",
    );
    assert_eq!(of(&in_resources(&ir), "MyAuthAuthorizer")["Name"], "my-auth");
    let body = of(&built(&ir, Options::default()).0, "Api")["Body"].clone();
    assert_eq!(body["paths"]["/a"]["get"]["security"], json!([{ "my-auth": [] }]));
    assert!(body["components"]["securitySchemes"].get("my-auth").is_some());
}

#[test]
fn functions_let_in_the_canary_that_calls_another_alias() {
    let sources = |of: &str| {
        let ir = rest(&format!(
            "functions: {{ f: {{ name: f, aliases: [dev, prod] }} }}\nintegrations: {{ i: {{ lambda: \"{of}\" }} }}\nroutes: {{ GET /x: i }}\nstages: {{ prod: {{ variables: {{ v: prod, other: o }}, canary: {{ percent: 5, variables: {{ v: dev, other: p }} }} }}, same: {{ variables: {{ v: prod }}, canary: {{ percent: 5, variables: {{ w: dev }} }} }} }}\n"
        ));
        let template = in_resources(&ir);
        let permissions = all(&template, "AWS::Lambda::Permission").into_iter();
        let it = permissions.map(|it| (of_function(&template, it), source(&template, it).to_owned()));
        it.collect::<Vec<_>>()
    };
    fn of_function(template: &Value, id: &str) -> String {
        let name = &of(template, id)["FunctionName"];
        name.as_str().map(str::to_owned).unwrap_or_else(|| name.to_string())
    }
    let expected = |dev: &str, prod: &str| {
        let mut all = vec![
            (prod.to_owned(), "prod/GET/x".to_owned()),
            (prod.to_owned(), "same/GET/x".to_owned()),
            (dev.to_owned(), "prod/GET/x".to_owned()),
        ];
        all.sort();
        all
    };
    for (of, dev, prod) in
        [("f:${stageVariables.v}", "f:dev", "f:prod"), ("g-${stageVariables.v}", "g-dev", "g-prod")]
    {
        let mut all = sources(of);
        all.sort();
        assert_eq!(all, expected(dev, prod), "{of}");
    }
}

#[test]
fn a_stack_of_one_stage_has_every_alias_that_a_parameter_may_name() {
    let ir = rest(
        "parameters: { A: { type: String } }\nfunctions: { f: { runtime: python3.13, handler: a.h, code: ./f, aliases: [dev, prod] } }\nintegrations: { i: { lambda: \"f:${stageVariables.v}\" } }\nroutes: { GET /x: i }\nstages: { dev: { variables: { v: dev } }, beta: { variables: { v: prod } }, prod: { variables: { v: !Ref A } } }\n",
    );
    let aliases = |name: &str| {
        let options = Options { stage: Some(stage(&ir, name)), ..Options::default() };
        all(&built(&ir, options).0, "AWS::Lambda::Alias").len()
    };
    assert_eq!((aliases("dev"), aliases("prod")), (1, 2));
}

#[test]
fn models_may_name_each_other_in_a_circle() {
    let ir = rest(
        "models:\n  Tree: { type: object, properties: { left: { $ref: \"#/models/Tree\" }, leaf: { $ref: \"#/models/Leaf\" }, of: { $ref: \"#/models/Wood\" } } }\n  Wood: { type: object, properties: { first: { $ref: \"#/models/Tree\" }, self: { $ref: \"#/models/Wood\" } } }\n  Leaf: { type: object, properties: { a: {} } }\n  User: { type: object, properties: { tree: { $ref: \"#/models/Tree\" } } }\nroutes: { POST /x: { mock: {}, validate: User } }\n",
    );
    let template = in_resources(&ir);
    let tree = &of(&template, "TreeModel")["Schema"];
    let place = |it: &str| json!({ "Fn::Sub": format!("https://apigateway.amazonaws.com/restapis/${{Api}}/models/${{{it}}}") });
    assert_eq!(tree["properties"]["left"]["$ref"], "#");
    assert_eq!(tree["properties"]["of"]["$ref"], "#/definitions/Wood");
    assert_eq!(tree["properties"]["leaf"]["$ref"], place("LeafModel"));
    let wood = &tree["definitions"]["Wood"]["properties"];
    assert_eq!((&wood["first"]["$ref"], &wood["self"]["$ref"]), (&json!("#"), &json!("#/definitions/Wood")));
    let user = &of(&template, "UserModel")["Schema"];
    assert_eq!(user["properties"]["tree"]["$ref"], place("TreeModel"));
    assert!(user.get("definitions").is_none());
}
