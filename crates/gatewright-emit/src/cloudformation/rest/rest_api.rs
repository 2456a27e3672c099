//! `AWS::ApiGateway::RestApi`

use gatewright_ir::{EndpointType, Generated, Ir};

use crate::cloudformation::template::Template;
use crate::cloudformation::{Context, Layout};
use crate::object::{Object, json, tag_list, tags, text, texts};
use crate::openapi;

pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>) {
    let ir = cx.bindings.ir;
    let api = &ir.api;
    let properties = match cx.options.layout {
        // What the body has no word for stands beside it.
        Layout::Body => Object::new()
            .set("Body", openapi::document(&cx.bindings))
            .set("FailOnWarnings", true)
            .set("Mode", "overwrite")
            // Without it, an import makes an edge-optimized API first and changes it then.
            .set("Parameters", Object::new().set("endpointConfigurationTypes", endpoint_type(ir))),
        Layout::Resources => Object::new()
            .set("Name", &*api.name.value)
            .maybe("Description", api.description.as_ref().map(|it| &*it.value))
            .maybe("ApiKeySourceType", openapi::api_key_source(ir))
            .list("BinaryMediaTypes", texts(&api.binary_media_types))
            .maybe("MinimumCompressionSize", openapi::minimum_compression_size(ir))
            .maybe("Policy", cx.bindings.rest.policy.clone())
            .maybe(
                "DisableExecuteApiEndpoint",
                api.disable_default_endpoint.as_ref().map(|it| json(it, |it| (*it).into())),
            ),
    };
    let properties = properties
        .set("EndpointConfiguration", endpoint(ir))
        .maybe("SecurityPolicy", api.endpoint.tls_policy.as_ref().map(text))
        .maybe(
            "EndpointAccessMode",
            api.endpoint.access_mode.as_ref().map(|it| openapi::access_mode(it.value)),
        )
        .list("Tags", tag_list(tags(&api.tags, &[])));
    template.add(&cx.bindings.id(Generated::Api), "AWS::ApiGateway::RestApi", properties);
}

/// How the API is reached.
pub(in crate::cloudformation) fn endpoint(ir: &Ir) -> Object {
    let api = &ir.api;
    Object::new()
        .set("Types", vec![endpoint_type(ir)])
        .list("VpcEndpointIds", crate::list::list(ir, &api.endpoint.vpc_endpoints))
        .maybe(
            "IpAddressType",
            api.ip_address_type.as_ref().map(|it| json(it, |it| openapi::ip_address_type(*it).into())),
        )
}

fn endpoint_type(ir: &Ir) -> &'static str {
    match ir.api.endpoint.kind {
        EndpointType::Edge => "EDGE",
        EndpointType::Regional => "REGIONAL",
        EndpointType::Private => "PRIVATE",
    }
}
