//! The document of a REST API that API Gateway imports.
//!
//! Source of the extensions: API Gateway Developer Guide, "OpenAPI extensions for API Gateway".

use gatewright_ir::{AccessMode, ApiKeySource, Ir, ModelId, pascal};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::{info, method, operation, security};
use crate::binding::{Bindings, GatewayResponse};
use crate::object::{Object, json, texts};

/// The document, for the body of a template: deferred values are functions.
///
/// What it has no place for are properties of `AWS::ApiGateway::RestApi`: tags, the type of the endpoint, IP versions.
pub(super) fn document(cx: &Bindings<'_>) -> Map<String, Value> {
    let api = &cx.ir.api;
    let mut paths: Map<String, Value> = Map::new();
    for it in &cx.rest.methods {
        let key = &cx.ir.routes[it.route].key.value;
        let item = paths.entry(key.path().unwrap_or("/")).or_insert_with(|| Value::Object(Map::new()));
        if let Some(item) = item.as_object_mut() {
            item.insert(operation::verb(it.verb).to_owned(), method::operation(cx, it));
        }
    }
    let endpoint = Object::new().maybe(
        "disableExecuteApiEndpoint",
        api.disable_default_endpoint.as_ref().map(|it| json(it, |it| (*it).into())),
    );
    let server =
        Object::new().set("url", "/").set("x-amazon-apigateway-endpoint-configuration", endpoint.clone());
    let servers = if endpoint.is_empty() { Vec::new() } else { vec![Value::from(server)] };
    let validators = cx.rest.validators().map(|it| {
        let checks =
            Object::new().set("validateRequestBody", it.body).set("validateRequestParameters", it.parameters);
        (it.name().to_owned(), checks.into())
    });
    Object::new()
        .set("openapi", "3.0.1")
        .set("info", info(cx))
        .list("servers", servers)
        .set("paths", paths)
        .object("components", security::components(cx).object("schemas", models(cx)))
        .object("x-amazon-apigateway-request-validators", validators.collect())
        .object("x-amazon-apigateway-gateway-responses", gateway_responses(&cx.rest.gateway_responses))
        .maybe("x-amazon-apigateway-policy", cx.rest.policy.clone())
        .maybe("x-amazon-apigateway-api-key-source", api_key_source(cx.ir))
        .list("x-amazon-apigateway-binary-media-types", texts(&api.binary_media_types))
        .maybe("x-amazon-apigateway-minimum-compression-size", minimum_compression_size(cx.ir))
        .into_map()
}

/// Where a request carries its API key, if that was said.
pub(crate) fn api_key_source(ir: &Ir) -> Option<&'static str> {
    ir.api.api_key_source.as_ref().map(|it| match it.value {
        ApiKeySource::Header => "HEADER",
        ApiKeySource::Authorizer => "AUTHORIZER",
    })
}

/// From which size on answers are compressed, in bytes.
pub(crate) fn minimum_compression_size(ir: &Ir) -> Option<Value> {
    ir.api.minimum_compression_size.as_ref().map(|it| json(it, |it| it.bytes.into()))
}

/// API Gateway's word for how the host of a request is checked.
pub(crate) fn access_mode(it: AccessMode) -> &'static str {
    match it {
        AccessMode::Basic => "BASIC",
        AccessMode::Strict => "STRICT",
    }
}

/// The name of a model in a document.
pub(super) fn model(cx: &Bindings<'_>, id: ModelId) -> Object {
    Object::new().set("$ref", format!("#/components/schemas/{}", cx.ir.models[id].name.value))
}

/// The models as schemas. What a model defines for itself alone becomes a schema beside it, as OpenAPI has no place for
/// definitions inside of one.
pub(super) fn models(cx: &Bindings<'_>) -> Object {
    let name = |id: ModelId| format!("#/components/schemas/{}", cx.ir.models[id].name.value);
    let mut out = Object::new();
    let mut taken: FxHashSet<String> = cx.ir.models.values().map(|it| it.name.value.to_string()).collect();
    // How often a name was wanted: very many definitions may be named alike but for signs.
    let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
    for (id, mut schema) in cx.models(|id| name(id).into()) {
        let model = &*cx.ir.models[id].name.value;
        let mut own = Vec::new();
        if let Some(map) = schema.as_object_mut() {
            // OpenAPI says once for all which JSON Schema is meant.
            map.shift_remove("$schema");
            if let Some(Value::Object(definitions)) = map.shift_remove("definitions") {
                own.extend(definitions);
            }
        }
        let names = own.iter().map(|(name, _)| {
            let wanted = format!("{model}{}", pascal(name));
            let mut beside = wanted.clone();
            let number = numbers.entry(wanted.clone()).or_insert(1);
            while !taken.insert(beside.clone()) {
                *number += 1;
                beside = format!("{wanted}{number}");
            }
            (name.clone(), beside)
        });
        let names: FxHashMap<String, String> = names.collect();
        move_definitions(&mut schema, &names);
        out = out.set(model, schema);
        for (name, mut it) in own {
            move_definitions(&mut it, &names);
            out = out.set(names[&name].as_str(), it);
        }
    }
    out
}

/// Makes references to definitions of a model references to the schemas that they have become.
fn move_definitions(it: &mut Value, names: &FxHashMap<String, String>) {
    match it {
        _ if names.is_empty() => {}
        Value::Array(items) => items.iter_mut().for_each(|it| move_definitions(it, names)),
        Value::Object(map) => {
            for (key, it) in map.iter_mut() {
                let name =
                    it.as_str().filter(|_| key == "$ref").and_then(|it| it.strip_prefix("#/definitions/"));
                match name.and_then(|it| names.get(it)) {
                    Some(name) => *it = format!("#/components/schemas/{name}").into(),
                    None => move_definitions(it, names),
                }
            }
        }
        _ => {}
    }
}

/// What API Gateway itself answers.
pub(crate) fn gateway_responses(all: &[GatewayResponse]) -> Object {
    let spelled = all.iter().map(|it| {
        let it_says = Object::new()
            .maybe("statusCode", it.status.map(|it| it.to_string()))
            .object("responseParameters", it.parameters.clone())
            .object("responseTemplates", it.templates.clone());
        (it.kind.clone(), it_says.into())
    });
    spelled.collect()
}
