//! HTTP and WebSocket APIs: `AWS::ApiGatewayV2`.

mod api;
mod authorizers;
mod integrations;
mod messages;
mod quick_create;
mod routes;
mod stages;

use gatewright_ir::{ApiKind, IntegrationId, RouteId, Text};
use rustc_hash::FxHashMap;

pub(super) use api::ip_address_type;
pub(super) use integrations::{content_handling, passthrough, templates};
pub(super) use stages::{access_log, client_certificate, execution_log};

use super::{Drafts, Resource, named_api, resources};
use crate::draft::{Draft, Reading};

/// What was read of an API's parts.
#[derive(Default)]
struct Parts {
    /// Integrations by logical id.
    integrations: FxHashMap<Text, IntegrationId>,
    /// Routes by logical id.
    routes: FxHashMap<Text, RouteId>,
    /// Routes by key.
    keys: FxHashMap<Text, RouteId>,
    /// What API Gateway made of the API's target.
    quick: Option<quick_create::Quick>,
}

/// Reads a part into the API that it names.
type Reader = fn(&Reading<'_>, &mut Draft, &mut Parts, Resource<'_>);

/// In the order in which they refer to each other.
const PARTS: [(&str, Reader); 9] = [
    ("AWS::ApiGatewayV2::Model", messages::model),
    ("AWS::ApiGatewayV2::Authorizer", authorizers::authorizer),
    ("AWS::ApiGatewayV2::Integration", integrations::integration),
    ("AWS::ApiGatewayV2::IntegrationResponse", messages::integration_response),
    ("AWS::ApiGatewayV2::Route", routes::route),
    ("AWS::ApiGatewayV2::RouteResponse", messages::route_response),
    ("AWS::ApiGatewayV2::Stage", stages::stage),
    ("AWS::ApiGatewayV2::ApiGatewayManagedOverrides", quick_create::overrides),
    ("AWS::ApiGatewayV2::Deployment", |_, _, _, _| {}),
];

/// Reads the APIs.
pub(super) fn apis(cx: &mut Reading<'_>, drafts: &mut Drafts) {
    let root = cx.root.clone();
    for it in resources(cx, &root).into_iter().filter(|it| it.of == "AWS::ApiGatewayV2::Api") {
        let draft = api::read(cx, drafts.format, it);
        drafts.add(&it.id.value, draft);
    }
}

/// Reads what belongs to them.
pub(super) fn parts(cx: &mut Reading<'_>, drafts: &mut Drafts) {
    let root = cx.root.clone();
    let all = resources(cx, &root);
    let all: Vec<Resource<'_>> =
        all.into_iter().filter(|it| it.of.starts_with("AWS::ApiGatewayV2::")).collect();
    let kinds = kinds(cx, &all);
    let mut owned: Vec<Vec<(usize, Resource<'_>)>> = PARTS.iter().map(|_| Vec::new()).collect();
    let mut parts: FxHashMap<usize, Parts> = FxHashMap::default();
    for it in all {
        if it.of == "AWS::ApiGatewayV2::Api" {
            if let Some(at) = drafts.by_id.get(&it.id.value).copied() {
                quick_create::read(cx, &mut drafts.list[at], parts.entry(at).or_default(), it);
            }
            continue;
        }
        let (Some(sort), Some(by)) = (PARTS.iter().position(|of| of.0 == it.of), it.properties.get("ApiId"))
        else {
            continue;
        };
        let kind = named_api(cx, by).and_then(|by| kinds.get(&by).copied()).unwrap_or(ApiKind::Http);
        let Some(at) = drafts.named(cx, kind, by) else { continue };
        if drafts.list[at].ir.api.kind != ApiKind::Rest {
            owned[sort].push((at, it));
        }
    }
    for ((_, read), of) in PARTS.iter().zip(owned) {
        for (at, it) in of {
            read(cx, &mut drafts.list[at], parts.entry(at).or_default(), it);
        }
    }
}

/// The kinds of the APIs that parts name, as far as the parts show them: an API that stands elsewhere says nothing.
fn kinds(cx: &Reading<'_>, all: &[Resource<'_>]) -> FxHashMap<Text, ApiKind> {
    let mut out = FxHashMap::default();
    for it in all {
        let (Some(kind), Some(by)) = (shown_kind(*it), it.properties.get("ApiId")) else { continue };
        if let Some(by) = named_api(cx, by) {
            out.entry(by).or_insert(kind);
        }
    }
    out
}

/// The kind of API that a part can only belong to.
fn shown_kind(it: Resource<'_>) -> Option<ApiKind> {
    let text = |key: &str| it.properties.get(key).and_then(|it| it.as_str());
    let is_given = |keys: &[&str]| keys.iter().any(|key| it.properties.get(key).is_some());
    match it.of {
        "AWS::ApiGatewayV2::Model"
        | "AWS::ApiGatewayV2::IntegrationResponse"
        | "AWS::ApiGatewayV2::RouteResponse" => Some(ApiKind::WebSocket),
        "AWS::ApiGatewayV2::Route" => match text("RouteKey")? {
            "$default" => None,
            key if key.contains(" /") => Some(ApiKind::Http),
            _ => Some(ApiKind::WebSocket),
        },
        "AWS::ApiGatewayV2::Integration" => match text("IntegrationType")? {
            "AWS" | "HTTP" | "MOCK" => Some(ApiKind::WebSocket),
            _ => is_given(&["PayloadFormatVersion", "IntegrationSubtype", "TlsConfig"])
                .then_some(ApiKind::Http),
        },
        "AWS::ApiGatewayV2::Authorizer" => {
            let keys = ["JwtConfiguration", "AuthorizerPayloadFormatVersion", "EnableSimpleResponses"];
            is_given(&keys).then_some(ApiKind::Http)
        }
        "AWS::ApiGatewayV2::Stage" if is_given(&["AutoDeploy"]) => Some(ApiKind::Http),
        "AWS::ApiGatewayV2::Stage" => {
            let format = it.properties.get("AccessLogSettings")?.get("Format")?.as_str()?;
            // Variables that only WebSocket APIs have.
            let own = ["$context.connectionId", "$context.eventType", "$context.messageId"];
            own.iter().any(|it| format.contains(it)).then_some(ApiKind::WebSocket)
        }
        _ => None,
    }
}
