//! `AWS::ApiGateway::RestApi`.

use std::borrow::Cow;
use std::sync::Arc;

use gatewright_ir::{
    AccessMode, ApiKeySource, ApiKind, CorsSetting, EndpointType, Format, Generated, PolicyKind,
    ResourcePolicy, Size,
};
use gatewright_spec::{Data, Raw};

use super::super::v2::ip_address_type;
use super::super::{Resource, tags};
use crate::draft::{Draft, Reading, is_there, slashed};
use crate::include::{self, Definition};
use crate::openapi;

/// Reads an API, with the definition in its body.
pub(super) fn read(cx: &mut Reading<'_>, format: Format, it: Resource<'_>) -> Draft {
    let of = it.properties;
    let mut draft = Draft::new(cx, format, ApiKind::Rest, it.id.clone());
    draft.called(Generated::Api, &it.id.value);
    // What an API is of which nobody says it.
    draft.ir.api.endpoint.kind = EndpointType::Edge;
    definition(cx, &mut draft, of);
    if of.get("Name").is_some_and(is_there) {
        draft.ir.api.name = draft.name(Generated::Api, of.get("Name"), it.id);
    }
    if let Some(description) = draft.name_of(of, "Description") {
        draft.ir.api.description = Some(description);
    }
    if let Some(source) = draft.word_of(of, "ApiKeySourceType", api_key_source) {
        draft.ir.api.api_key_source = Some(source);
    }
    if let Some(flag) = draft.flag_of(of, "DisableExecuteApiEndpoint") {
        draft.ir.api.disable_default_endpoint = Some(flag);
    }
    let size = draft.parsed_of(of, "MinimumCompressionSize", |it| Some(Size { bytes: it.parse().ok()? }));
    if size.is_some() {
        draft.ir.api.minimum_compression_size = size;
    }
    let binary = slashed(draft.texts_of(of, "BinaryMediaTypes"));
    draft.ir.api.binary_media_types.extend(binary);
    if let Some(policy) = policy(&mut draft, of, "Policy") {
        draft.ir.api.policy = Some(policy);
    }
    endpoint(&mut draft, of);
    let tags = tags(&mut draft, of, "Tags");
    draft.ir.api.tags.extend(tags);
    draft
}

/// Reads the definition in OpenAPI, if there is one.
fn definition(cx: &mut Reading<'_>, draft: &mut Draft, of: &Raw) {
    let given = |key: &str| of.get(key).filter(|it| is_there(it));
    let definition = match (given("Body"), given("BodyS3Location"), given("CloneFrom")) {
        (Some(body), ..) => include::body(cx, body),
        // A path on disk becomes a place in S3 when the template is packaged.
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

/// How the API is reached.
fn endpoint(draft: &mut Draft, of: &Raw) {
    let parameter = draft.inner(of, "Parameters").and_then(|it| {
        let kind = draft.text_of(&it, "endpointConfigurationTypes")?;
        Some((kind.value.as_str().map(endpoint_type), kind.span))
    });
    let configuration = draft.inner(of, "EndpointConfiguration");
    let types = configuration.as_ref().and_then(|it| {
        let types = draft.texts_of(it, "Types");
        let first = types.first()?;
        Some((first.value.as_str().map(endpoint_type), it.span))
    });
    if let Some(it) = &configuration {
        let endpoints = draft.texts_of(it, "VpcEndpointIds");
        draft.ir.api.endpoint.vpc_endpoints.extend(endpoints);
        if let Some(kind) = draft.parsed_of(it, "IpAddressType", ip_address_type) {
            draft.ir.api.ip_address_type = Some(kind);
        }
    }
    if let Some(policy) = draft.text_of(of, "SecurityPolicy") {
        draft.ir.api.endpoint.tls_policy = Some(policy);
    }
    if let Some(mode) = draft.word_of(of, "EndpointAccessMode", access_mode) {
        draft.ir.api.endpoint.access_mode = Some(mode);
    }
    let endpoint = &mut draft.ir.api.endpoint;
    match types.or(parameter) {
        Some((Some(Some(kind)), span)) => (endpoint.kind, endpoint.span) = (kind, Some(span)),
        // Which of them is not known; only a private API has VPC endpoints.
        Some((_, span)) => {
            let is_private = !endpoint.vpc_endpoints.is_empty();
            endpoint.kind = if is_private { EndpointType::Private } else { EndpointType::Regional };
            endpoint.kind_unknown = true;
            endpoint.span = Some(span);
        }
        None => {}
    }
    // A function that gives the whole of it.
    if configuration.is_some_and(|it| it.function().is_some()) {
        endpoint.kind = EndpointType::Regional;
        endpoint.kind_unknown = true;
    }
}

/// A resource policy: a document, as it was written.
pub(in super::super) fn policy(draft: &mut Draft, of: &Raw, key: &str) -> Option<ResourcePolicy> {
    let written = of.get(key).filter(|it| is_there(it))?;
    let it = draft.scope.clone().structure(written).map(Cow::into_owned)?;
    let kind = if it.function().is_none() && matches!(it.data, Data::Map(_)) {
        draft.ir.deferred.push(Arc::new(it.clone()));
        PolicyKind::Document(it)
    } else {
        PolicyKind::Unknown
    };
    Some(ResourcePolicy { span: written.span, kind })
}

fn endpoint_type(text: &str) -> Option<EndpointType> {
    match text {
        "EDGE" => Some(EndpointType::Edge),
        "REGIONAL" => Some(EndpointType::Regional),
        "PRIVATE" => Some(EndpointType::Private),
        _ => None,
    }
}

fn api_key_source(text: &str) -> Option<ApiKeySource> {
    match text {
        "HEADER" => Some(ApiKeySource::Header),
        "AUTHORIZER" => Some(ApiKeySource::Authorizer),
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
