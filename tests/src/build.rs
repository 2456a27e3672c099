//! What is built: the artifacts of cases and examples, both layouts of one specification, twice the same bytes.

mod rest;

use std::path::{Path, PathBuf};

use gatewright_compiler::emit::{self, Format, Layout, OpenApiOptions, Options};
use gatewright_compiler::{Compilation, Files, NoFiles, check_layout, compile, graph, ir};
use gatewright_source::Sources;
use gatewright_spec::Raw;
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::{case, expect, gatewright, root};

pub(crate) fn trials() -> Vec<Trial> {
    let mut out = Vec::new();
    for folder in case::folders("examples").into_iter().chain(case::folders("tests/suite/build")) {
        let name = case::name(&folder);
        if !is_websocket(&folder) {
            let here = folder.clone();
            out.push(Trial::test(format!("build::layouts_agree::{name}"), move || layouts_agree(&here)));
        }
        let here = folder.clone();
        out.push(Trial::test(format!("build::order_of_sections_has_no_influence::{name}"), move || {
            reordered(&here)
        }));
        let here = folder.clone();
        out.push(Trial::test(format!("build::json_and_order_of_keys_change_nothing::{name}"), move || {
            as_json(&here)
        }));
        let here = folder.clone();
        out.push(Trial::test(format!("build::twice_gives_equal_bytes::{name}"), move || twice(&here)));
        if folder.starts_with(root().join("examples")) {
            out.push(Trial::test(format!("build::example_is_current::{name}"), move || example(&folder)));
        } else {
            out.push(Trial::test(format!("build::case::{name}"), move || build_case(&folder)));
        }
    }
    out.push(Trial::test("build::only_http_apis_have_a_quota_of_integrations", integrations_of_a_body));
    out
}

/// A body makes an integration for each route, which is too many for an HTTP API and no matter for a REST API.
fn integrations_of_a_body() -> Result<(), Failed> {
    let routes: String = (0..301).map(|at| format!("  GET /r{at}: f\n")).collect();
    for (kind, expected) in [("http", 1), ("rest", 0)] {
        let start =
            format!("gatewright: 1\nname: many\nkind: {kind}\nfunctions: {{ f: {{ name: f }} }}\nroutes:\n");
        let compilation = compile("gatewright.yaml", (start + &routes).into_bytes(), None, &NoFiles);
        let found = check_layout(compilation.model().expect("a model"), Layout::Body);
        if found.len() != expected {
            return Err(format!("{kind}: {found:#?}").into());
        }
    }
    Ok(())
}

/// Whether a case describes a WebSocket API, which has one layout and no OpenAPI document.
pub(crate) fn is_websocket(folder: &Path) -> bool {
    let text = std::fs::read_to_string(folder.join("gatewright.yaml")).unwrap_or_default();
    text.lines().any(|it| it == "kind: websocket")
}

/// The files of a case, as the command line reads them, but for digests: those of the examples' code are the
/// command line's own business.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(path)).map_err(|it| it.to_string())
    }

    fn digest(&self, path: &str) -> Result<String, String> {
        if self.0.join(path).exists() { Ok("digest".to_owned()) } else { Err("it does not exist".to_owned()) }
    }
}

pub(crate) fn compiled(folder: &Path, text: Vec<u8>) -> Result<Compilation, Failed> {
    let compilation = compile("gatewright.yaml", text, None, &Folder(folder.to_owned()));
    if compilation.has_errors() {
        return Err(format!("{:#?}", compilation.diagnostics).into());
    }
    Ok(compilation)
}

pub(crate) fn options(layout: Layout, format: Format) -> Options<'static> {
    Options { layout, format, stage: None, base: "", redeploy_token: None }
}

/// All artifacts of a specification in one text, and what the build says about them.
pub(crate) fn everything(compilation: &Compilation) -> String {
    let ir = &compilation.model().expect("a model").ir;
    let mut out = String::new();
    let websocket = ir.api.kind == ir::ApiKind::WebSocket;
    let layouts = if websocket { &[Layout::Resources][..] } else { &[Layout::Body, Layout::Resources] };
    for layout in layouts.iter().copied() {
        let output = emit::cloudformation(ir, &options(layout, Format::Yaml));
        for it in output.artifacts {
            out.push_str(&format!("=== {layout:?} {}\n{}", it.path, it.text));
        }
        output.notes.iter().for_each(|it| out.push_str(&format!("note: {}\n", it.message)));
    }
    for plain in [false, true].into_iter().filter(|_| !websocket) {
        let output = emit::openapi(ir, &OpenApiOptions { format: Format::Yaml, plain, stage: None });
        for it in output.artifacts {
            out.push_str(&format!("=== plain {plain} {}\n{}", it.path, it.text));
        }
        output.notes.iter().for_each(|it| out.push_str(&format!("note: {}\n", it.message)));
    }
    out.push_str(&format!("=== summary.md\n{}", emit::summary(ir, None)));
    out.push_str(&format!(
        "=== graph\n{}",
        graph::draw::text(&[(ir, &compilation.model().expect("a model").graph)])
    ));
    out
}

/// `tests/suite/build/<case>/`: everything that is built, in `built.txt`.
fn build_case(folder: &Path) -> Result<(), Failed> {
    let compilation = compiled(folder, std::fs::read(folder.join("gatewright.yaml"))?)?;
    expect::file(&folder.join("built.txt"), &everything(&compilation))
}

/// The artifacts in an example are what the program writes today.
fn example(folder: &Path) -> Result<(), Failed> {
    let mut command = gatewright();
    command.args(["build", "gatewright.yaml"]).current_dir(folder);
    if !expect::update() {
        command.arg("--check");
    }
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(said.into_owned().into());
    }
    let found = gatewright()
        .args(["check", "gatewright.yaml", "--preset", "strict", "--fail-on", "warning"])
        .current_dir(folder)
        .output()?;
    if !found.status.success() {
        return Err(String::from_utf8_lossy(&found.stdout).into_owned().into());
    }
    Ok(())
}

fn twice(folder: &Path) -> Result<(), Failed> {
    let text = std::fs::read(folder.join("gatewright.yaml"))?;
    let once = everything(&compiled(folder, text.clone())?);
    let again = everything(&compiled(folder, text)?);
    if once == again { Ok(()) } else { Err(expect::differs("the second build", &once, &again)) }
}

/// The sections of a file in the opposite order give the same artifacts.
fn reordered(folder: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(folder.join("gatewright.yaml"))?;
    let mut sections: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        let starts = line.starts_with(|it: char| it.is_ascii_alphabetic());
        if starts || sections.is_empty() {
            sections.push(String::new());
        }
        sections.last_mut().unwrap().push_str(line);
    }
    if sections.iter().any(|it| it.contains('&') && it.contains(": &")) {
        // An anchor must stand before its aliases.
        return Ok(());
    }
    sections.reverse();
    let reversed: String = sections.iter().map(|it| format!("{}\n", it.trim_end_matches('\n'))).collect();
    let (straight, reversed) = (
        everything(&compiled(folder, text.into_bytes())?),
        everything(&compiled(folder, reversed.into_bytes())?),
    );
    if straight == reversed { Ok(()) } else { Err(expect::differs("the build", &straight, &reversed)) }
}

/// The same specification as JSON, and with its keys in the opposite order, gives the same artifacts.
fn as_json(folder: &Path) -> Result<(), Failed> {
    let text = std::fs::read(folder.join("gatewright.yaml"))?;
    let mut sources = Sources::new();
    let (file, _) = sources.add("gatewright.yaml", text.clone());
    let (tree, _) = gatewright_source::parse(sources.file(file));
    let json = gatewright_spec::decode::<Raw>(&tree).0.ok_or("there is nothing to read")?.to_json();
    let straight = everything(&compiled(folder, text)?);
    for (what, json) in [("as JSON", json.clone()), ("with its keys reversed", reversed(&json, false))] {
        let other = everything(&compiled(folder, json.to_string().into_bytes())?);
        if other != straight {
            return Err(expect::differs(&format!("the build {what}"), &straight, &other));
        }
    }
    Ok(())
}

/// A specification with the keys of each section in the opposite order. Where names stand that people choose, the
/// order is theirs and shows in what is built.
fn reversed(it: &Value, names: bool) -> Value {
    const NAMES: [&str; 28] = [
        "parameters",
        "mappings",
        "conditions",
        "functions",
        "integrations",
        "vpcLinks",
        "authorizers",
        "routes",
        "stages",
        "domains",
        "resources",
        "overrides",
        "outputs",
        "tags",
        "variables",
        "environment",
        "aliases",
        "requestParameters",
        "responseParameters",
        "format",
        "apiKeys",
        "usagePlans",
        "gatewayResponses",
        "request",
        "responses",
        "headers",
        "templates",
        "body",
    ];
    match it {
        Value::Object(map) => {
            let entries = map.iter().map(|(key, it)| {
                // What travels along is CloudFormation's, in its own order.
                let raw = matches!(
                    &**key,
                    "resources" | "overrides" | "outputs" | "conditions" | "mappings" | "models"
                );
                let status = key.bytes().all(|it| it.is_ascii_digit());
                let below = status || !names && NAMES.contains(&&**key);
                let it = if raw { it.clone() } else { reversed(it, below) };
                (key.clone(), it)
            });
            if names { entries.collect() } else { entries.rev().collect() }
        }
        Value::Array(items) => items.iter().map(|it| reversed(it, false)).collect(),
        it => it.clone(),
    }
}

/// Both layouts describe the same API, field by field.
fn layouts_agree(folder: &Path) -> Result<(), Failed> {
    let compilation = compiled(folder, std::fs::read(folder.join("gatewright.yaml"))?)?;
    let template = |layout| -> Result<Value, Failed> {
        let output =
            emit::cloudformation(&compilation.model().expect("a model").ir, &options(layout, Format::Json));
        Ok(serde_json::from_str(&output.artifacts[0].text)?)
    };
    let (body, resources) = (template(Layout::Body)?, template(Layout::Resources)?);
    let (left, right) = match compilation.model().expect("a model").ir.api.kind {
        ir::ApiKind::Rest => (rest::from_body(&body)?, rest::from_resources(&resources)?),
        _ => (from_body(&body)?, from_resources(&resources)?),
    };
    // A REST API may have methods for preflights, too.
    if left["routes"]
        .as_object()
        .is_none_or(|it| it.len() < compilation.model().expect("a model").ir.routes.len())
    {
        return Err("the body does not have every route".into());
    }
    if left == right {
        return Ok(());
    }
    let text = |it: &Value| serde_json::to_string_pretty(it).unwrap();
    Err(expect::differs("the resources layout", &text(&left), &text(&right)))
}

/// What an OpenAPI body says, in the terms of API Gateway's resources.
fn from_body(template: &Value) -> Result<Value, Failed> {
    let body = &template["Resources"]["Api"]["Properties"]["Body"];
    let mut routes = serde_json::Map::new();
    for (path, item) in body["paths"].as_object().ok_or("the body has no paths")? {
        for (method, operation) in item.as_object().ok_or("a path is no mapping")? {
            let method = match &**method {
                "x-amazon-apigateway-any-method" => "ANY".to_owned(),
                method => method.to_uppercase(),
            };
            let key = if path == "/$default" { "$default".to_owned() } else { format!("{method} {path}") };
            routes.insert(key, operation_of(body, operation));
        }
    }
    let endpoint = &body["servers"][0]["x-amazon-apigateway-endpoint-configuration"];
    let tags = body["tags"].as_array().into_iter().flatten();
    let tags: serde_json::Map<_, _> = tags
        .map(|it| {
            (it["name"].as_str().unwrap_or_default().to_owned(), it["x-amazon-apigateway-tag-value"].clone())
        })
        .collect();
    Ok(sorted(serde_json::json!({
        "name": body["info"]["title"],
        "version": body["info"]["version"],
        "description": body["info"]["description"],
        "disabled": endpoint["disableExecuteApiEndpoint"],
        "ip": endpoint["ipAddressType"],
        "tags": tags,
        "cors": lowered(&body["x-amazon-apigateway-cors"]),
        "routes": routes,
        "rest": rest(template, &DEFINITION),
    })))
}

fn operation_of(body: &Value, operation: &Value) -> Value {
    let it = &operation["x-amazon-apigateway-integration"];
    let mut authorization = serde_json::json!({ "type": "NONE" });
    if let Some((name, scopes)) =
        operation["security"].get(0).and_then(Value::as_object).and_then(|it| it.iter().next())
    {
        let scheme = &body["components"]["securitySchemes"][name];
        let authorizer = &scheme["x-amazon-apigateway-authorizer"];
        authorization = if scheme["x-amazon-apigateway-authtype"] == "awsSigv4" {
            serde_json::json!({ "type": "AWS_IAM" })
        } else if authorizer["type"] == "jwt" {
            serde_json::json!({
                "type": "JWT",
                "identity": list(&authorizer["identitySource"]),
                "jwt": lowered(&authorizer["jwtConfiguration"]),
                "scopes": scopes,
            })
        } else {
            serde_json::json!({
                "type": "CUSTOM",
                "identity": list(&authorizer["identitySource"]),
                "uri": authorizer["authorizerUri"],
                "payload": authorizer["authorizerPayloadFormatVersion"],
                "simple": authorizer["enableSimpleResponses"],
                "ttl": authorizer["authorizerResultTtlInSeconds"],
                "credentials": authorizer["authorizerCredentials"],
            })
        };
    }
    let mut responses = serde_json::Map::new();
    for (status, map) in it["responseParameters"].as_object().into_iter().flatten() {
        responses.insert(status.clone(), map.clone());
    }
    serde_json::json!({
        "operation": operation["operationId"],
        "authorization": authorization,
        "integration": {
            "type": it["type"].as_str().unwrap_or_default().to_uppercase(),
            "subtype": it["integrationSubtype"],
            "uri": it["uri"],
            "method": it["httpMethod"],
            "payload": it["payloadFormatVersion"],
            "timeout": it["timeoutInMillis"],
            "connection": it["connectionType"],
            "link": it["connectionId"],
            "credentials": it["credentials"],
            "tls": it["tlsConfig"]["serverNameToVerify"],
            "request": it["requestParameters"],
            "response": responses,
        },
    })
}

/// What single resources say, in the same terms.
fn from_resources(template: &Value) -> Result<Value, Failed> {
    let resources = template["Resources"].as_object().ok_or("no resources")?;
    let referred =
        |it: &Value| -> Option<&Value> { Some(&resources.get(it["Ref"].as_str()?)?["Properties"]) };
    let mut routes = serde_json::Map::new();
    for resource in resources.values().filter(|it| it["Type"] == "AWS::ApiGatewayV2::Route") {
        let it = &resource["Properties"];
        let target = it["Target"]["Fn::Sub"].as_str().ok_or("a route has no target")?;
        let name = target.trim_start_matches("integrations/${").trim_end_matches('}');
        let integration = &resources.get(name).ok_or("the target of a route does not exist")?["Properties"];
        let mut authorization = serde_json::json!({ "type": "NONE" });
        match it["AuthorizationType"].as_str() {
            Some("AWS_IAM") => authorization = serde_json::json!({ "type": "AWS_IAM" }),
            Some("JWT") => {
                let authorizer = referred(&it["AuthorizerId"]).ok_or("an authorizer does not exist")?;
                let scopes = it["AuthorizationScopes"].as_array().cloned().unwrap_or_default();
                authorization = serde_json::json!({
                    "type": "JWT",
                    "identity": list(&authorizer["IdentitySource"]),
                    "jwt": lowered(&authorizer["JwtConfiguration"]),
                    "scopes": scopes,
                });
            }
            Some("CUSTOM") => {
                let authorizer = referred(&it["AuthorizerId"]).ok_or("an authorizer does not exist")?;
                authorization = serde_json::json!({
                    "type": "CUSTOM",
                    "identity": list(&authorizer["IdentitySource"]),
                    "uri": authorizer["AuthorizerUri"],
                    "payload": authorizer["AuthorizerPayloadFormatVersion"],
                    "simple": authorizer["EnableSimpleResponses"],
                    "ttl": authorizer["AuthorizerResultTtlInSeconds"],
                    "credentials": authorizer["AuthorizerCredentialsArn"],
                });
            }
            _ => {}
        }
        let mut responses = serde_json::Map::new();
        for (status, map) in integration["ResponseParameters"].as_object().into_iter().flatten() {
            let list = map["ResponseParameters"].as_array().cloned().unwrap_or_default();
            let map: serde_json::Map<_, _> = list
                .iter()
                .map(|it| (it["Destination"].as_str().unwrap_or_default().to_owned(), it["Source"].clone()))
                .collect();
            responses.insert(status.clone(), map.into());
        }
        let key = it["RouteKey"].as_str().ok_or("a route has no key")?;
        routes.insert(
            key.to_owned(),
            serde_json::json!({
                "operation": it["OperationName"],
                "authorization": authorization,
                "integration": {
                    "type": integration["IntegrationType"],
                    "subtype": integration["IntegrationSubtype"],
                    "uri": integration["IntegrationUri"],
                    "method": integration["IntegrationMethod"],
                    "payload": integration["PayloadFormatVersion"],
                    "timeout": integration["TimeoutInMillis"],
                    "connection": integration["ConnectionType"],
                    "link": integration["ConnectionId"],
                    "credentials": integration["CredentialsArn"],
                    "tls": integration["TlsConfig"]["ServerNameToVerify"],
                    "request": integration["RequestParameters"],
                    "response": responses,
                },
            }),
        );
    }
    let api = &template["Resources"]["Api"]["Properties"];
    Ok(sorted(serde_json::json!({
        "name": api["Name"],
        "version": api["Version"],
        "description": api["Description"],
        "disabled": api["DisableExecuteApiEndpoint"],
        "ip": api["IpAddressType"],
        "tags": api["Tags"].as_object().cloned().unwrap_or_default(),
        "cors": lowered(&api["CorsConfiguration"]),
        "routes": routes,
        "rest": rest(template, &DEFINITION),
    })))
}

/// The resources that the body of an HTTP API stands for.
const DEFINITION: [&str; 5] = [
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Deployment",
];

/// All resources that both layouts have: stages, functions, domains, logs, alarms.
fn rest(template: &Value, definition: &[&str]) -> Value {
    let mut out = serde_json::Map::new();
    for (name, it) in template["Resources"].as_object().into_iter().flatten() {
        let kind = it["Type"].as_str().unwrap_or_default();
        if definition.contains(&kind) {
            continue;
        }
        let mut it = it.clone();
        // A stage waits for its routes only where they are resources; deployments are named by what they hold.
        if kind == "AWS::ApiGatewayV2::Stage" {
            it.as_object_mut().unwrap().remove("DependsOn");
            it["Properties"].as_object_mut().unwrap().remove("DeploymentId");
        }
        // Descriptions travel in the body.
        if kind == "AWS::ApiGateway::DocumentationVersion" {
            it.as_object_mut().unwrap().remove("DependsOn");
        }
        // Authorizers have ids of their own only where they are resources: elsewhere one permission is for all of
        // them that ask one function.
        if kind == "AWS::Lambda::Permission"
            && it["Properties"]["SourceArn"].to_string().contains("/authorizers/")
        {
            out.insert(format!("authorizers may call {}", it["Properties"]["FunctionName"]), true.into());
            continue;
        }
        out.insert(name.clone(), it);
    }
    out.into()
}

fn list(it: &Value) -> Value {
    match it {
        Value::String(text) => text.split(',').map(|it| Value::from(it.trim())).collect(),
        it => it.clone(),
    }
}

/// A mapping with keys in lower case, so that `AllowOrigins` and `allowOrigins` are one.
fn lowered(it: &Value) -> Value {
    match it {
        Value::Object(map) => map.iter().map(|(key, it)| (key.to_lowercase(), it.clone())).collect(),
        it => it.clone(),
    }
}

/// Mappings with their keys in order: the order of keys has no meaning.
pub(crate) fn sorted(it: Value) -> Value {
    match it {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> =
                map.into_iter().map(|(key, it)| (key, sorted(it))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            entries.into_iter().collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        it => it,
    }
}
