//! `AWS::ApiGateway::RestApi`.

use gatewright_ir::{
    AccessMode, ApiKeySource, CorsSetting, EndpointType, Format, Generated, PolicyKind, ResourcePolicy, Size,
};
use gatewright_spec::{Data, Raw};

use super::super::Resource;
use super::settings::{key_and_value, stated};
use crate::draft::{Draft, Reading, is_there};
use crate::include::{self, Definition};
use crate::openapi;

/// Reads an API, with the definition in its body.
pub(super) fn read(cx: &mut Reading<'_>, format: Format, it: Resource<'_>) -> Draft {
    let of = it.properties;
    let mut draft = Draft::new(cx, format, gatewright_ir::ApiKind::Rest, it.id.clone());
    draft.called(Generated::Api, &it.id.value);
    definition(cx, &mut draft, of);
    if of.get("Name").is_some_and(is_there) {
        draft.ir.api.name = draft.name(Generated::Api, of.get("Name"), it.id);
    }
    if let Some(description) = draft.name_of(of, "Description") {
        draft.ir.api.description = Some(description);
    }
    if let Some(flag) = draft.flag_of(of, "DisableExecuteApiEndpoint") {
        draft.ir.api.disable_default_endpoint = Some(flag);
    }
    let source = draft.parsed_of(of, "ApiKeySourceType", |it| match it {
        "HEADER" => Some(ApiKeySource::Header),
        "AUTHORIZER" => Some(ApiKeySource::Authorizer),
        _ => None,
    });
    if let Some(source) = source.and_then(stated) {
        draft.ir.api.api_key_source = Some(source);
    }
    let media_types = draft.texts_of(of, "BinaryMediaTypes");
    draft.ir.api.binary_media_types.extend(media_types);
    if let Some(size) =
        draft.parsed_of(of, "MinimumCompressionSize", |it| it.parse().ok().map(|bytes| Size { bytes }))
    {
        draft.ir.api.minimum_compression_size = Some(size);
    }
    if let Some(policy) = of.get("Policy").filter(|it| is_there(it)) {
        draft.ir.api.policy = Some(policy_of(&draft, policy));
    }
    endpoint(&mut draft, of);
    let tags = key_and_value(&mut draft, of.get("Tags"));
    draft.ir.api.tags.extend(tags);
    draft
}

/// A policy document.
pub(super) fn policy_of(draft: &Draft, it: &Raw) -> ResourcePolicy {
    let kind = match draft.scope.structure(it) {
        Some(it) if it.function().is_none() && matches!(it.data, Data::Map(_)) => {
            PolicyKind::Document(it.into_owned())
        }
        _ => PolicyKind::Unknown,
    };
    ResourcePolicy { span: it.span, kind }
}

/// How the API is reached. The default of CloudFormation is edge.
///
/// Source: AWS::ApiGateway::RestApi, `EndpointConfiguration`.
fn endpoint(draft: &mut Draft, of: &Raw) {
    if let Some(policy) = draft.text_of(of, "SecurityPolicy") {
        draft.ir.api.endpoint.tls_policy = Some(policy);
    }
    let mode = draft.parsed_of(of, "EndpointAccessMode", access_mode);
    if let Some(mode) = mode.and_then(stated) {
        draft.ir.api.endpoint.access_mode = Some(mode);
    }
    let Some(it) = draft.inner(of, "EndpointConfiguration") else {
        if draft.ir.api.endpoint.span.is_none() {
            draft.ir.api.endpoint.kind = EndpointType::Edge;
        }
        return;
    };
    let types = draft.texts_of(&it, "Types");
    if let Some(kind) = types.first().and_then(|it| it.value.as_str()).and_then(endpoint_type) {
        draft.ir.api.endpoint.kind = kind;
    }
    draft.ir.api.endpoint.span = Some(it.span);
    draft.ir.api.endpoint.vpc_endpoints = draft.texts_of(&it, "VpcEndpointIds");
    let kind = draft.parsed_of(&it, "IpAddressType", super::super::v2::ip_address_type);
    if kind.is_some() {
        draft.ir.api.ip_address_type = kind;
    }
}

/// A type of endpoint, by AWS's word.
pub(super) fn endpoint_type(text: &str) -> Option<EndpointType> {
    match text {
        "EDGE" => Some(EndpointType::Edge),
        "REGIONAL" => Some(EndpointType::Regional),
        "PRIVATE" => Some(EndpointType::Private),
        _ => None,
    }
}

fn access_mode(text: &str) -> Option<AccessMode> {
    match text {
        "BASIC" => Some(AccessMode::Basic),
        "STRICT" => Some(AccessMode::Strict),
        _ => None,
    }
}

/// Reads the definition in OpenAPI, if there is one.
fn definition(cx: &mut Reading<'_>, draft: &mut Draft, of: &Raw) {
    let given = |key: &str| of.get(key).filter(|it| is_there(it));
    let definition = match (given("Body"), given("BodyS3Location"), given("CloneFrom")) {
        (Some(body), ..) => include::body(cx, body),
        (None, Some(location), _) => match location.as_str() {
            Some(path) => include::file(cx, path),
            None => Definition::Elsewhere,
        },
        (None, None, Some(_)) => Definition::Elsewhere,
        (None, None, None) => return,
    };
    match definition {
        Definition::Known(body) if matches!(body.data, Data::Map(_)) => openapi::body(cx, draft, &body),
        _ => {
            draft.ir.api.routes_unknown = true;
            draft.ir.api.cors = CorsSetting::Unknown;
        }
    }
}
