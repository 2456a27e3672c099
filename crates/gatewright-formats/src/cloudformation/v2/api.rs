//! `AWS::ApiGatewayV2::Api`.

use gatewright_ir::{ApiKeySource, ApiKind, Cors, CorsSetting, Format, Generated, IpAddressType, Spanned};
use gatewright_spec::{Data, Raw};

use super::super::Resource;
use crate::draft::{Draft, Reading, is_there};
use crate::include::{self, Definition};
use crate::openapi;

/// Reads an API, with the definition in its body.
pub(super) fn read(cx: &mut Reading<'_>, format: Format, it: Resource<'_>) -> Draft {
    let of = it.properties;
    let mut draft = Draft::new(cx, format, kind(cx, of), it.id.clone());
    draft.called(Generated::Api, &it.id.value);
    definition(cx, &mut draft, of);
    if of.get("Name").is_some_and(is_there) {
        draft.ir.api.name = draft.name(Generated::Api, of.get("Name"), it.id);
    }
    if let Some(description) = draft.name_of(of, "Description") {
        draft.ir.api.description = Some(description);
    }
    if let Some(version) = draft.name_of(of, "Version") {
        draft.ir.api.version = Some(version);
    }
    if let Some(flag) = draft.flag_of(of, "DisableExecuteApiEndpoint") {
        draft.ir.api.disable_default_endpoint = Some(flag);
    }
    if let Some(kind) = draft.parsed_of(of, "IpAddressType", ip_address_type) {
        draft.ir.api.ip_address_type = Some(kind);
    }
    let tags = draft.pairs_of(of, "Tags");
    draft.ir.api.tags.extend(tags);
    match draft.ir.api.kind {
        ApiKind::WebSocket => {
            draft.ir.api.route_selection = draft.text_of(of, "RouteSelectionExpression");
            draft.ir.api.api_key_source = draft.text_of(of, "ApiKeySelectionExpression").and_then(|it| {
                let source = match it.value.as_str()? {
                    "$request.header.x-api-key" => ApiKeySource::Header,
                    "$context.authorizer.usageIdentifierKey" => ApiKeySource::Authorizer,
                    _ => return None,
                };
                Some(Spanned::new(source, it.span))
            });
        }
        _ => {
            if let Some(it) = of.get("CorsConfiguration").filter(|it| is_there(it)) {
                draft.ir.api.cors = cors(&mut draft, it);
            }
        }
    }
    draft
}

fn kind(cx: &Reading<'_>, of: &Raw) -> ApiKind {
    let protocol = of.get("ProtocolType").map(|it| cx.scope.resolve(it));
    match protocol.as_ref().and_then(|it| it.as_str()) {
        Some(it) if it.eq_ignore_ascii_case("WEBSOCKET") => ApiKind::WebSocket,
        Some(_) => ApiKind::Http,
        None if of.get("RouteSelectionExpression").is_some() && of.get("Body").is_none() => {
            ApiKind::WebSocket
        }
        None => ApiKind::Http,
    }
}

/// Reads the definition in OpenAPI, if there is one.
fn definition(cx: &mut Reading<'_>, draft: &mut Draft, of: &Raw) {
    let given = |key: &str| of.get(key).filter(|it| is_there(it));
    let definition = match (given("Body"), given("BodyS3Location")) {
        (Some(body), _) => include::body(cx, body),
        (None, Some(location)) => match location.as_str() {
            Some(path) => include::file(cx, path),
            None => Definition::Elsewhere,
        },
        (None, None) => return,
    };
    match definition {
        Definition::Known(body) => {
            draft.ir.provenance.body = Some(body.clone());
            openapi::body(cx, draft, &body);
        }
        Definition::Elsewhere => {
            draft.ir.api.routes_unknown = true;
            draft.ir.api.cors = CorsSetting::Unknown;
        }
    }
}

fn cors(draft: &mut Draft, written: &Raw) -> CorsSetting {
    let Some(it) = draft.scope.clone().structure(written).map(std::borrow::Cow::into_owned) else {
        return CorsSetting::Missing;
    };
    if it.function().is_some() || !matches!(it.data, Data::Map(_)) {
        return CorsSetting::Unknown;
    }
    CorsSetting::Policy(Box::new(Cors {
        span: it.span,
        allow_origins: draft.texts_of(&it, "AllowOrigins"),
        allow_methods: draft.texts_of(&it, "AllowMethods"),
        allow_headers: draft.texts_of(&it, "AllowHeaders"),
        expose_headers: draft.texts_of(&it, "ExposeHeaders"),
        max_age: draft.seconds_of(&it, "MaxAge"),
        allow_credentials: draft.flag_of(&it, "AllowCredentials"),
    }))
}

/// Which IP versions clients may use, by the word for it.
pub(in super::super) fn ip_address_type(text: &str) -> Option<IpAddressType> {
    match text {
        "ipv4" => Some(IpAddressType::Ipv4),
        "dualstack" => Some(IpAddressType::Dualstack),
        _ => None,
    }
}
