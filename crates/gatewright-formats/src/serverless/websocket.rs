//! WebSocket APIs: `websocket` events.
//!
//! Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events/websockets`.

use gatewright_ir::{
    ApiKind, Authorization, AuthorizationSource, Authorizer, AuthorizerKind, AuthorizerResponse, Backend,
    Credentials, Generated, Integration, IntegrationId, Name, Route, RouteSettings, RouteTarget, Stage, Text,
    Transformation, known,
};
use gatewright_spec::Raw;
use rustc_hash::FxHashMap;

use super::rest::OPEN;
use super::service::{Event, Service, at, is_true};
use super::{functions, logs, naming};
use crate::cloudformation::Drafts;
use crate::draft::{Draft, Reading};
use crate::target;

/// What the file says of WebSocket APIs beside events.
const SPOKEN_OF: [&[&str]; 3] =
    [&["websocketsApiName"], &["websocketsApiRouteSelectionExpression"], &["logs", "websocket"]];

/// What says the route of a message where nothing else is given.
const SELECTION: &str = "$request.body.action";

/// Where an identity stands where nothing else is given.
const IDENTITY: &str = "route.request.header.Auth";

/// The API itself with its stage, if the framework makes one.
pub(super) fn api(cx: &mut Reading<'_>, drafts: &mut Drafts, service: &Service) -> Option<usize> {
    if !service.makes("websocket", &SPOKEN_OF, naming::WEBSOCKET_API) {
        return None;
    }
    let elsewhere = service.provider(&["apiGateway", "websocketApiId"]);
    let at = super::draft(cx, drafts, service, (ApiKind::WebSocket, naming::WEBSOCKET_API), elsewhere)?;
    let draft = drafts.list.get_mut(at)?;
    if elsewhere.is_none() {
        let default = service.joined(&[&service.stage, &service.name], "-");
        let suffix =
            Raw { span: service.name.span, data: gatewright_spec::Data::String("websockets".into()) };
        let default = service.joined(&[&default, &suffix], "-");
        let fallback = draft.ir.api.name.clone();
        let name = service.provider(&["websocketsApiName"]).unwrap_or(&default);
        draft.ir.api.name = draft.name(Generated::Api, Some(name), &fallback);
        draft.ir.api.description = draft.name_of(&service.provider, "websocketsDescription");
        let selection = draft.text_of(&service.provider, "websocketsApiRouteSelectionExpression");
        draft.ir.api.route_selection = selection.or_else(|| Some(known(SELECTION.into(), service.name.span)));
        if service.provider(&["websocket", "useProviderTags"]).is_some_and(is_true) {
            draft.ir.api.tags = draft.pairs_of(&service.provider, "tags");
        }
    }
    stage(draft, service);
    Some(at)
}

fn stage(draft: &mut Draft, service: &Service) {
    let id = gatewright_ir::Id::from_index(draft.ir.stages.len());
    let fallback = Name::new(naming::WEBSOCKET_STAGE.into(), service.stage.span);
    let name = draft.name(Generated::Stage(id), Some(&service.stage), &fallback);
    let mut log = logs::of(draft, service, "websocket", logs::WEBSOCKET_FORMAT);
    log.extended(service, naming::WEBSOCKET_STAGE);
    let stage = Stage {
        settings: RouteSettings {
            throttle: logs::throttle(draft, service, naming::WEBSOCKET_STAGE),
            execution_log: log.execution,
            ..RouteSettings::default()
        },
        settings_unknown: service.extension(naming::WEBSOCKET_STAGE).is_some(),
        access_log: log.access,
        variables_unknown: draft.ir.provenance.is_fragment,
        ..Stage::new(name)
    };
    draft.ir.stages.push(stage);
    draft.called(Generated::Stage(id), &fallback.value);
    if draft.ir.stages[id].access_log.is_some() {
        draft.called(Generated::StageLogGroup(id), &naming::WEBSOCKET_LOG_GROUP.into());
    }
}

/// The routes of an API, and what they bring along.
pub(super) fn events(cx: &mut Reading<'_>, draft: &mut Draft, service: &Service) {
    let mut integrations: FxHashMap<Text, IntegrationId> = FxHashMap::default();
    for event in service.events("websocket") {
        let key = if event.raw.as_str().is_some() { Some(event.raw) } else { at(event.raw, &["route"]) };
        let Some((text, span)) = key.and_then(|it| Some((it.as_str()?, it.span))) else {
            draft.ir.api.routes_unknown = true;
            continue;
        };
        let (authorization, source) = authorization(cx, draft, service, event);
        let function = &event.function.name;
        let id = match integrations.get(&function.value) {
            Some(known) => *known,
            None => {
                let id = integration(cx, draft, service, event);
                integrations.insert(function.value.clone(), id);
                id
            }
        };
        let response = at(event.raw, &["routeResponseSelectionExpression"]).map(|it| it.span);
        let route = Route {
            key: draft.key(text, span),
            target: RouteTarget::Integration(id, span),
            authorization,
            authorization_source: source,
            scopes: Vec::new(),
            settings: None,
            api_key: None,
            validation: None,
            cache_key: Vec::new(),
            cache_key_unknown: false,
            response,
            public: None,
            operation_name: None,
            description: None,
        };
        let route = draft.ir.routes.push(route);
        let logical_id: Text = naming::websocket_route(text).into();
        draft.called(Generated::Route(route), &logical_id);
        if response.is_some() {
            draft.called(Generated::RouteResponse(route), &format!("{logical_id}Response").into());
        }
        super::rest::condition(draft, event, route);
    }
}

fn integration(
    cx: &mut Reading<'_>,
    draft: &mut Draft,
    service: &Service,
    event: Event<'_>,
) -> IntegrationId {
    let function = &event.function.name;
    let callee = functions::callee(cx, draft, service, function);
    let transformation = Transformation { proxy: true, ..Transformation::default() };
    let integration = Integration {
        name: function.clone(),
        declared: false,
        brought: false,
        backend: Backend::Lambda { callee, payload: Name::new("1.0".into(), function.span) },
        timeout: None,
        credentials: Credentials::None,
        request_parameters: Vec::new(),
        response_parameters: Vec::new(),
        description: None,
        transformation: Some(Box::new(transformation)),
    };
    let id = draft.ir.integrations.push(integration);
    let logical_id = format!("{}WebsocketsIntegration", naming::name(&function.value));
    draft.called(Generated::Integration(id), &logical_id.into());
    id
}

fn authorization(
    cx: &mut Reading<'_>,
    draft: &mut Draft,
    service: &Service,
    event: Event<'_>,
) -> (Authorization, AuthorizationSource) {
    let Some(raw) = at(event.raw, &["authorizer"]) else { return OPEN };
    let source = AuthorizationSource::Stated(raw.span);
    let arn = at(raw, &["arn"]).or(Some(raw)).filter(|it| it.as_str().is_none_or(|it| it.contains(':')));
    let arn = arn.filter(|it| it.as_str().is_some() || at(raw, &["arn"]).is_some());
    let named = at(raw, &["name"]).or(Some(raw)).filter(|it| it.as_str().is_some());
    let name = match (arn.and_then(Raw::as_str), named.and_then(Raw::as_str)) {
        (Some(arn), _) => arn.rsplit(':').next(),
        (None, name) => name,
    };
    let Some(name) = name else { return (Authorization::Unknown, source) };
    let place = named.or(arn).unwrap_or(raw);
    let name = Name::new(name.into(), place.span);
    let logical_id: Text = (naming::name(&name.value) + "WebsocketsAuthorizer").into();
    if let Some(known) = draft.authorizers.get(&logical_id) {
        return (Authorization::Authorizer(*known), source);
    }
    let callee = match arn {
        Some(arn) => target::callee(cx, draft, arn),
        None => functions::callee(cx, draft, service, &name),
    };
    let mut identity = draft.texts_of(raw, "identitySource");
    if at(raw, &["identitySource"]).is_none() {
        identity = vec![known(IDENTITY.into(), name.span)];
    }
    let kind = AuthorizerKind::Lambda {
        callee,
        token: false,
        identity_pattern: None,
        response: AuthorizerResponse::Iam,
        payload: Name::new("1.0".into(), name.span),
        cache: None,
        role: None,
    };
    let id = draft.ir.authorizers.push(Authorizer { name, kind, identity });
    draft.authorizers.insert(logical_id.clone(), id);
    draft.called(Generated::Authorizer(id), &logical_id);
    (Authorization::Authorizer(id), source)
}
