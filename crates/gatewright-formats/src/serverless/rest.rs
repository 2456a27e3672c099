//! REST APIs: `http` events.
//!
//! Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events/api-gateway`.

use gatewright_ir::{
    ApiKeySource, ApiKind, Authorization, AuthorizationSource, EndpointType, Generated, Name, PolicyKind,
    ResourcePolicy, Route, RouteSettings, RouteTarget, Size, Spanned, Stage,
};
use gatewright_spec::{Data, Raw};

use super::rest_integrations::Integrations;
use super::service::{Event, Service, at, is_true, stated};
use super::{logs, models, naming, rest_authorizers, rest_cors, usage_plans};
use crate::cloudformation::Drafts;
use crate::draft::{Draft, Reading, flag, slashed};

/// What the file says of REST APIs beside events.
const SPOKEN_OF: [&[&str]; 4] =
    [&["apiGateway"], &["logs", "restApi"], &["tracing", "apiGateway"], &["endpointType"]];

/// An `http` event.
pub(super) struct Http<'s> {
    /// The event, and whose it is.
    pub(super) event: Event<'s>,
    /// The method, in upper case.
    pub(super) method: String,
    /// The path, without a slash at its ends.
    pub(super) path: String,
    /// Where the route is written.
    pub(super) key: Name,
}

impl<'s> Http<'s> {
    /// What stands under a key of the event.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&'s Raw> {
        at(self.event.raw, keys)
    }
}

/// The path of an event, if it is known.
pub(super) fn event_path(event: &Raw) -> Option<&str> {
    match event.as_str() {
        Some(text) => text.split_once(' ').map(|it| it.1.trim()),
        None => event.get("path")?.as_str(),
    }
}

fn http<'s>(event: Event<'s>) -> Option<Http<'s>> {
    let path = event_path(event.raw)?;
    let (method, span) = match event.raw.as_str() {
        Some(text) => (text.split_once(' ')?.0, event.raw.span),
        None => (event.raw.get("method")?.as_str()?, event.raw.get("path")?.span),
    };
    let method = if method == "*" { "ANY".to_owned() } else { method.to_ascii_uppercase() };
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path).to_owned();
    let key = Name::new(format!("{method} /{path}").into(), span);
    Some(Http { event, method, path, key })
}

/// The API itself with its stage, if the framework makes one.
pub(super) fn api(cx: &mut Reading<'_>, drafts: &mut Drafts, service: &Service) -> Option<usize> {
    if !service.makes("http", &SPOKEN_OF, naming::REST_API) {
        return None;
    }
    let elsewhere = service.provider(&["apiGateway", "restApiId"]);
    let at = super::draft(cx, drafts, service, (ApiKind::Rest, naming::REST_API), elsewhere)?;
    let draft = drafts.list.get_mut(at)?;
    if elsewhere.is_none() {
        settings(draft, service);
    }
    stage(draft, service);
    Some(at)
}

fn settings(draft: &mut Draft, service: &Service) {
    let default = service.api_name(service.provider(&["apiGateway", "shouldStartNameWithService"]));
    let fallback = draft.ir.api.name.clone();
    let name = service.provider(&["apiName"]).unwrap_or(&default);
    draft.ir.api.name = draft.name(Generated::Api, Some(name), &fallback);
    let empty = Raw { span: service.provider.span, data: Data::Null };
    let own = service.provider(&["apiGateway"]).unwrap_or(&empty);
    draft.ir.api.description = draft.name_of(own, "description");
    draft.ir.api.disable_default_endpoint = draft.flag_of(own, "disableDefaultEndpoint");
    draft.ir.api.binary_media_types = slashed(draft.texts_of(own, "binaryMediaTypes"));
    let bytes = |it: &str| it.parse().ok().map(|bytes| Size { bytes });
    draft.ir.api.minimum_compression_size = draft.parsed_of(own, "minimumCompressionSize", bytes);
    draft.ir.api.api_key_source = own.get("apiKeySourceType").and_then(|it| {
        let source = match &*it.as_str()?.to_ascii_uppercase() {
            "HEADER" => ApiKeySource::Header,
            "AUTHORIZER" => ApiKeySource::Authorizer,
            _ => return None,
        };
        Some(Spanned::new(source, it.span))
    });
    draft.ir.api.policy = at(own, &["resourcePolicy"]).map(policy);
    draft.ir.api.endpoint.kind = EndpointType::Edge;
    if let Some(it) = service.provider(&["endpointType"]) {
        draft.ir.api.endpoint.span = Some(it.span);
        draft.ir.api.endpoint.kind_unknown = it.as_str().is_none();
        draft.ir.api.endpoint.kind = match it.as_str().map(str::to_ascii_uppercase).as_deref() {
            Some("EDGE") => EndpointType::Edge,
            Some("PRIVATE") => EndpointType::Private,
            _ => EndpointType::Regional,
        };
    }
    draft.ir.api.endpoint.vpc_endpoints = draft.texts_of(&service.provider, "vpcEndpointIds");
}

fn policy(it: &Raw) -> ResourcePolicy {
    if !matches!(it.data, Data::List(_)) {
        return ResourcePolicy { span: it.span, kind: PolicyKind::Unknown };
    }
    let key = |name: &str| Spanned::new(name.into(), it.span);
    let version = Raw { span: it.span, data: Data::String("2012-10-17".into()) };
    let entries = vec![(key("Version"), version), (key("Statement"), it.clone())];
    let document = Raw { span: it.span, data: Data::Map(entries) };
    ResourcePolicy { span: it.span, kind: PolicyKind::Document(document) }
}

/// The stage that the deployment makes. What it says is set after the deployment.
fn stage(draft: &mut Draft, service: &Service) {
    let id = gatewright_ir::Id::from_index(draft.ir.stages.len());
    let fallback = Name::new(naming::REST_STAGE.into(), service.stage.span);
    let name = service.provider(&["apiGateway", "stage"]).unwrap_or(&service.stage);
    let name = draft.name(Generated::Stage(id), Some(name), &fallback);
    draft.called(Generated::Stage(id), &fallback.value);
    let log = logs::of(draft, service, "restApi", logs::REST_FORMAT);
    let tags = ["stackTags", "tags"].map(|it| service.provider(&[it]));
    let tracing = service.told(&["tracing", "apiGateway"]);
    let metrics = service.told(&["apiGateway", "metrics"]);
    let is_fragment = draft.ir.provenance.is_fragment;
    let stage = Stage {
        tracing: tracing.map(|it| draft.parsed(it, flag)),
        settings: RouteSettings {
            detailed_metrics: metrics.map(|it| draft.parsed(it, flag)),
            execution_log: log.execution,
            ..RouteSettings::default()
        },
        access_log: log.access,
        tags: super::functions::both(draft, tags[0], tags[1]),
        variables_unknown: is_fragment,
        ..Stage::new(name)
    };
    draft.ir.stages.push(stage);
    if draft.ir.stages[id].access_log.is_some() {
        draft.called(Generated::StageLogGroup(id), &naming::REST_LOG_GROUP.into());
    }
}

/// The routes of an API, and what they bring along.
pub(super) fn events(cx: &mut Reading<'_>, draft: &mut Draft, service: &Service) {
    let mut integrations = Integrations::default();
    let mut models = models::Models::new(service);
    let mut preflights = rest_cors::Preflights::default();
    for event in service.events("http") {
        let Some(it) = http(event) else {
            draft.ir.api.routes_unknown = true;
            continue;
        };
        let (authorization, source, scopes) = rest_authorizers::authorization(cx, draft, service, &it);
        preflights.add(draft, &it);
        let span = it.get(&["request"]).map_or(it.key.span, |it| it.span);
        let validation = models.validation(draft, &it, span);
        let target = integrations.target(cx, draft, service, &it);
        let route = Route {
            key: draft.key(it.key.value.clone(), it.key.span),
            target,
            authorization,
            authorization_source: source,
            scopes,
            settings: None,
            api_key: stated(it.get(&["private"])),
            validation,
            cache_key: Vec::new(),
            cache_key_unknown: false,
            response: None,
            public: None,
            operation_name: draft.name_of(event.raw, "operationId").map(Box::new),
            description: None,
        };
        let id = draft.ir.routes.push(route);
        draft.called(Generated::Route(id), &naming::method(&it.path, &it.method).into());
        condition(draft, event, id);
    }
    preflights.finish(draft);
    usage_plans::read(draft, service);
}

/// A function under a condition takes its routes with it.
pub(super) fn condition(draft: &mut Draft, event: Event<'_>, route: gatewright_ir::RouteId) {
    if let Some(condition) = at(&event.function.raw, &["condition"]).and_then(Raw::as_str) {
        draft.ir.provenance.conditions.insert(route, condition.into());
    }
}

/// Nobody is asked for anything.
pub(super) const OPEN: (Authorization, AuthorizationSource) =
    (Authorization::None, AuthorizationSource::Nowhere);

/// Nothing is known of where requests go.
pub(super) const UNKNOWN_TARGET: RouteTarget = RouteTarget::Unknown;

/// Whether an event is sent on without waiting for the answer.
pub(super) fn is_async(it: &Http<'_>) -> bool {
    it.get(&["async"]).is_some_and(is_true)
}
