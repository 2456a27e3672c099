//! `AWS::ApiGatewayV2::Api`

use gatewright_ir::Generated;
use serde_json::Value;

use super::template::Template;
use super::{Context, Layout};
use crate::object::{Object, json, tags};
use crate::openapi::{self, Spelling};

/// The file that a body is put into where the template would be too large with it.
pub(super) const BODY_FILE: &str = "openapi-body.json";

const ID: &str = "Api";

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
            .maybe("CorsConfiguration", openapi::cors(&api.cors, Spelling::Pascal))
            .maybe(
                "DisableExecuteApiEndpoint",
                api.disable_default_endpoint.as_ref().map(|it| json(it, |it| (*it).into())),
            )
            .maybe(
                "IpAddressType",
                api.ip_address_type.as_ref().map(|it| json(it, |it| openapi::ip_address_type(*it).into())),
            )
            .object("Tags", tags(&api.tags, &[])),
    };
    debug_assert_eq!(cx.bindings.id(Generated::Api), ID);
    template.add(ID, "AWS::ApiGatewayV2::Api", properties);
}

/// Takes the body out of a template and puts an include in its place.
pub(super) fn take_body(template: &mut Value) -> Option<Value> {
    let body = template.get_mut("Resources")?.get_mut(ID)?.get_mut("Properties")?.get_mut("Body")?;
    let location = Object::new().set("Location", BODY_FILE);
    let include = Object::new().set("Name", "AWS::Include").set("Parameters", location);
    Some(std::mem::replace(body, Object::new().set("Fn::Transform", include).into()))
}
