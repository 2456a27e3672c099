//! OpenAPI 3.0: the document that API Gateway imports, and a plain one for documentation and client generators.

mod integration;
mod method;
mod operation;
mod plain;
mod rest;
mod security;

pub(crate) use integration::integration;
pub(crate) use method::operation as method;
pub(crate) use rest::{access_mode, api_key_source, gateway_responses, minimum_compression_size};
pub(crate) use security::{identity_source, scheme};

use gatewright_ir::{ApiKind, IpAddressType, Ir, RouteKey, StageId};
use gatewright_yaml::Tags;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

use crate::artifact::{Artifact, Format, Note, Output};
use crate::binding::Bindings;
use crate::intrinsic::{self, placeholders};
use crate::list::list;
use crate::object::{Object, json, pairs};

/// What is wanted of the OpenAPI document.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenApiOptions {
    /// The notation.
    pub format: Format,
    /// Without the extensions of API Gateway, for documentation and client generators.
    pub plain: bool,
    /// Only this stage.
    pub stage: Option<StageId>,
}

/// Emits the OpenAPI document of an HTTP or REST API.
pub fn openapi(ir: &Ir, options: &OpenApiOptions) -> Output {
    let cx = Bindings::new(ir, options.stage);
    let mut notes = Vec::new();
    let document = if options.plain {
        plain::document(&cx, &mut notes)
    } else {
        let mut document = Value::Object(document(&cx));
        stand_alone(&mut document);
        notes.push(importable(&document));
        document
    };
    let path = format!("openapi.{}", options.format.extension());
    let text = options.format.write(&document, Tags::Long);
    Output { artifacts: vec![Artifact { path, text }], notes, missing: Vec::new() }
}

/// The document with API Gateway's extensions, for the body of a template: deferred values are functions.
pub(crate) fn document(cx: &Bindings<'_>) -> Map<String, Value> {
    if cx.ir.api.kind == ApiKind::Rest { rest::document(cx) } else { http_document(cx) }
}

fn http_document(cx: &Bindings<'_>) -> Map<String, Value> {
    let api = &cx.ir.api;
    let mut paths: Map<String, Value> = Map::new();
    for (route, integration) in &cx.routes {
        let key = &cx.ir.routes[*route].key.value;
        // The catch-all route is a path of its own in an import.
        let path = if key.is_default() { "/$default" } else { key.path().unwrap_or("/") };
        let item = paths.entry(path).or_insert_with(|| Value::Object(Map::new()));
        if let Some(item) = item.as_object_mut() {
            let operation = operation::operation(cx, *route, *integration);
            item.insert(operation::method(key).to_owned(), operation);
        }
    }
    let tags = pairs(&api.tags).into_map().into_iter();
    let tags =
        tags.map(|(name, it)| Object::new().set("name", name).set("x-amazon-apigateway-tag-value", it));
    let endpoint = Object::new()
        .maybe(
            "disableExecuteApiEndpoint",
            api.disable_default_endpoint.as_ref().map(|it| json(it, |it| (*it).into())),
        )
        .maybe(
            "ipAddressType",
            api.ip_address_type.as_ref().map(|it| json(it, |it| ip_address_type(*it).into())),
        );
    // A server without a URL makes the import warn, and a warning fails the deployment.
    let server =
        Object::new().set("url", "/").set("x-amazon-apigateway-endpoint-configuration", endpoint.clone());
    let servers = if endpoint.is_empty() { Vec::new() } else { vec![Value::from(server)] };
    Object::new()
        .set("openapi", "3.0.1")
        .set("info", info(cx))
        .list("tags", tags.map(Value::from).collect::<Vec<_>>())
        .list("servers", servers)
        .set("paths", paths)
        .object("components", security::components(cx))
        .maybe("x-amazon-apigateway-cors", cors(cx.ir, Spelling::Camel))
        .set("x-amazon-apigateway-importexport-version", "1.0")
        .into_map()
}

fn info(cx: &Bindings<'_>) -> Object {
    let api = &cx.ir.api;
    Object::new()
        .set("title", &*api.name.value)
        .set("version", version(cx.ir))
        .maybe("description", api.description.as_ref().map(|it| &*it.value))
}

/// The API's version. OpenAPI demands one.
pub(crate) fn version(ir: &Ir) -> &str {
    ir.api.version.as_ref().map_or("1.0", |it| &it.value)
}

/// API Gateway's word for the IP versions.
pub(crate) fn ip_address_type(it: IpAddressType) -> &'static str {
    match it {
        IpAddressType::Ipv4 => "ipv4",
        IpAddressType::Dualstack => "dualstack",
    }
}

/// How the keys of a policy are written.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Spelling {
    /// `allowOrigins`, in OpenAPI.
    Camel,
    /// `AllowOrigins`, in CloudFormation.
    Pascal,
}

/// Which web pages may call.
pub(crate) fn cors(ir: &Ir, spelling: Spelling) -> Option<Object> {
    let cors = ir.api.cors.policy()?;
    let key =
        |camel: &'static str, pascal: &'static str| if spelling == Spelling::Camel { camel } else { pascal };
    Some(
        Object::new()
            .list(key("allowOrigins", "AllowOrigins"), list(ir, &cors.allow_origins))
            .list(key("allowMethods", "AllowMethods"), list(ir, &cors.allow_methods))
            .list(key("allowHeaders", "AllowHeaders"), list(ir, &cors.allow_headers))
            .list(key("exposeHeaders", "ExposeHeaders"), list(ir, &cors.expose_headers))
            .maybe(
                key("maxAge", "MaxAge"),
                cors.max_age.as_ref().map(|it| json(it, |it| it.as_seconds().into())),
            )
            .maybe(
                key("allowCredentials", "AllowCredentials"),
                cors.allow_credentials.as_ref().map(|it| json(it, |it| (*it).into())),
            ),
    )
}

/// The variables of a path as API Gateway itself exports them: a greedy one keeps its `+`, so that the name is
/// what stands between the braces.
fn path_parameters(key: &RouteKey) -> Vec<Value> {
    let mut seen = FxHashSet::default();
    let path = key.path().unwrap_or_default();
    let variables = path.split('/').filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
    variables.filter(|name| seen.insert(*name)).map(path_parameter).collect()
}

fn path_parameter(name: &str) -> Value {
    Object::new()
        .set("name", name)
        .set("in", "path")
        .set("required", true)
        .set("schema", Object::new().set("type", "string"))
        .into()
}

/// What every operation answers: API Gateway passes on what the backend says.
fn responses(key: &RouteKey) -> Object {
    let description = format!("Answer of {}", key.as_str());
    Object::new().set("default", Object::new().set("description", description))
}

/// Writes functions that only hold the account, region or partition as text: API Gateway fills those in when it
/// imports a document.
///
/// Source: API Gateway Developer Guide, "AWS variables for OpenAPI import".
fn stand_alone(value: &mut Value) {
    const FILLED_IN: [&str; 3] = ["AWS::Partition", "AWS::Region", "AWS::AccountId"];
    let text = match intrinsic::function(value) {
        Some(("Ref", Value::String(name))) if FILLED_IN.contains(&&**name) => Some(format!("${{{name}}}")),
        Some(("Fn::Sub", Value::String(template)))
            if placeholders(template).all(|it| FILLED_IN.contains(&it)) =>
        {
            Some(template.replace("${!", "${"))
        }
        _ => None,
    };
    if let Some(text) = text {
        *value = text.into();
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(stand_alone),
        Value::Object(map) => map.values_mut().for_each(stand_alone),
        _ => {}
    }
}

fn importable(document: &Value) -> Note {
    let mut needed = Vec::new();
    intrinsic::references(document, &mut |it| {
        if !it.starts_with("AWS::") {
            needed.push(it.to_owned());
        }
    });
    needed.sort_unstable();
    needed.dedup();
    if needed.is_empty() && !has_function(document) {
        return Note::new("openapi: all values are known, so API Gateway can import the file as it is");
    }
    let mut names: Vec<String> = needed.iter().take(5).map(|it| format!("`{it}`")).collect();
    if needed.len() > names.len() {
        names.push(format!("{} more", needed.len() - names.len()));
    }
    let why = match names.is_empty() {
        true => "it holds functions of CloudFormation".to_owned(),
        false => format!("it refers to {}", names.join(", ")),
    };
    Note::new(format!(
        "openapi: the file is meant for the body of a CloudFormation template and cannot be imported alone: {why}"
    ))
}

fn has_function(value: &Value) -> bool {
    intrinsic::function(value).is_some()
        || match value {
            Value::Array(items) => items.iter().any(has_function),
            Value::Object(map) => map.values().any(has_function),
            _ => false,
        }
}
