//! `AWS::ApiGatewayV2::Api`, and what is done with the body of an API, that of a REST API too.

use gatewright_ir::{Api, ApiKeySource, Generated, Ir, Parameter};
use rustc_hash::FxHashSet;
use serde_json::{Map, Value};

use super::template::Template;
use super::{Context, Layout};
use crate::intrinsic::{self, reference};
use crate::object::{Object, json, tags, text};
use crate::openapi::{self, Spelling};

/// The file that a body is put into where the template would be too large with it.
pub(super) const BODY_FILE: &str = "openapi-body.json";

pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>) {
    let api = &cx.bindings.ir.api;
    let properties = match cx.options.layout {
        // Name, tags and the like travel in the body: said twice, they could differ.
        Layout::Body => {
            Object::new().set("Body", openapi::document(&cx.bindings)).set("FailOnWarnings", true)
        }
        Layout::Resources => Object::new()
            .set("Name", &*api.name.value)
            .maybe("Description", api.description.as_ref().map(|it| &*it.value))
            .set("Version", openapi::version(cx.bindings.ir))
            .set("ProtocolType", "HTTP")
            .maybe("CorsConfiguration", openapi::cors(cx.bindings.ir, Spelling::Pascal))
            .maybe("DisableExecuteApiEndpoint", disabled(api))
            .maybe("IpAddressType", ip_address_type(api))
            .object("Tags", tags(&api.tags, &[])),
    };
    template.add(&cx.bindings.id(Generated::Api), "AWS::ApiGatewayV2::Api", properties);
}

/// Adds a WebSocket API.
pub(super) fn emit_websocket(cx: &Context<'_>, template: &mut Template<'_>) {
    let api = &cx.bindings.ir.api;
    let key = api.api_key_source.as_ref().map(|it| match it.value {
        ApiKeySource::Header => "$request.header.x-api-key",
        ApiKeySource::Authorizer => "$context.authorizer.usageIdentifierKey",
    });
    let properties = Object::new()
        .set("Name", &*api.name.value)
        .maybe("Description", api.description.as_ref().map(|it| &*it.value))
        .set("ProtocolType", "WEBSOCKET")
        .maybe("RouteSelectionExpression", api.route_selection.as_ref().map(text))
        .maybe("ApiKeySelectionExpression", key)
        .maybe("DisableExecuteApiEndpoint", disabled(api))
        .maybe("IpAddressType", ip_address_type(api))
        .object("Tags", tags(&api.tags, &[]));
    template.add(&cx.bindings.id(Generated::Api), "AWS::ApiGatewayV2::Api", properties);
}

fn disabled(api: &Api) -> Option<Value> {
    api.disable_default_endpoint.as_ref().map(|it| json(it, |it| (*it).into()))
}

fn ip_address_type(api: &Api) -> Option<Value> {
    api.ip_address_type.as_ref().map(|it| json(it, |it| openapi::ip_address_type(*it).into()))
}

/// Takes the body out of a template and puts an include in its place.
pub(super) fn take_body(ir: &Ir, template: &mut Value) -> Option<Value> {
    let id = ir.logical_id(Generated::Api);
    let body = template.get_mut("Resources")?.get_mut(&id)?.get_mut("Properties")?.get_mut("Body")?;
    let location = Object::new().set("Location", BODY_FILE);
    let include = Object::new().set("Name", "AWS::Include").set("Parameters", location);
    Some(std::mem::replace(body, Object::new().set("Fn::Transform", include).into()))
}

/// Names in the template the parameters that only an included body refers to: whoever reads the template, a linter
/// among them, would take them for unused. Secret ones are left out, as metadata shows values to everybody.
pub(super) fn keep_parameters(ir: &Ir, template: &mut Value, body: &Value) {
    let (mut there, mut in_body) = (FxHashSet::default(), FxHashSet::default());
    intrinsic::references(template, &mut |it| {
        there.insert(it.to_owned());
    });
    intrinsic::references(body, &mut |it| {
        in_body.insert(it.to_owned());
    });
    let is_secret = |it: &Parameter| match it.properties.get("NoEcho") {
        Some(Value::Bool(it)) => *it,
        Some(Value::String(it)) => it.eq_ignore_ascii_case("true"),
        _ => false,
    };
    let parameters = ir.template.parameters.iter().filter(|it| !is_secret(it)).map(|it| &*it.name.value);
    let only_there = parameters.filter(|it| in_body.contains(*it) && !there.contains(*it));
    let used = only_there.fold(Object::new(), |out, it| out.set(it, reference(it)));
    let id = ir.logical_id(Generated::Api);
    let api = template.get_mut("Resources").and_then(|it| it.get_mut(&id)).and_then(Value::as_object_mut);
    if let Some(api) = api.filter(|_| !used.is_empty()) {
        let metadata = api.entry("Metadata").or_insert_with(|| Value::Object(Map::new()));
        if let Some(metadata) = metadata.as_object_mut() {
            metadata.insert("ParametersOfBody".to_owned(), used.into());
        }
    }
}
