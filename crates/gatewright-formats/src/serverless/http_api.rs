//! HTTP APIs: `httpApi` events.
//!
//! Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events/http-api.js`.

use gatewright_ir::{
    ApiKind, Authorization, AuthorizationSource, Authorizer, AuthorizerKind, AuthorizerResponse, Backend,
    Cors, CorsSetting, Credentials, Duration, Generated, Integration, IntegrationId, Located, Method, Name,
    Route, RouteSettings, RouteTarget, Span, Stage, Text, known,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::rest::OPEN;
use super::service::{Event, Service, at, is_false, is_true};
use super::{functions, logs, naming};
use crate::cloudformation::Drafts;
use crate::draft::{Draft, Reading, flag, known_text};
use crate::target;

/// What the file says of HTTP APIs beside events.
const SPOKEN_OF: [&[&str]; 2] = [&["httpApi"], &["logs", "httpApi"]];

/// The payload format where none is given.
const PAYLOAD: &str = "2.0";

/// How long every integration waits.
const TIMEOUT: Duration = Duration::milliseconds(30_000);

/// The API itself with its stage, if the framework makes one.
pub(super) fn api(cx: &mut Reading<'_>, drafts: &mut Drafts, service: &Service) -> Option<usize> {
    if !service.makes("httpApi", &SPOKEN_OF, naming::HTTP_API) {
        return None;
    }
    let elsewhere = service.provider(&["httpApi", "id"]);
    let at = super::draft(cx, drafts, service, (ApiKind::Http, naming::HTTP_API), elsewhere)?;
    let draft = drafts.list.get_mut(at)?;
    if elsewhere.is_none() {
        let default = service.api_name(service.provider(&["httpApi", "shouldStartNameWithService"]));
        let fallback = draft.ir.api.name.clone();
        let name = service.provider(&["httpApi", "name"]).unwrap_or(&default);
        draft.ir.api.name = draft.name(Generated::Api, Some(name), &fallback);
        draft.ir.api.tags = draft.pairs_of(&service.provider, "tags");
        let own = service.provider(&["httpApi"]);
        draft.ir.api.disable_default_endpoint =
            own.and_then(|it| draft.flag_of(it, "disableDefaultEndpoint"));
        stage(draft, service);
    } else if draft.ir.stages.is_empty() {
        let name = Name::new("$default".into(), draft.ir.api.name.span);
        let stage = Stage { declared: false, variables_unknown: true, auto_deploy: true, ..Stage::new(name) };
        draft.ir.stages.push(stage);
    }
    Some(at)
}

fn stage(draft: &mut Draft, service: &Service) {
    let id = gatewright_ir::Id::from_index(draft.ir.stages.len());
    let mut log = logs::of(draft, service, "httpApi", logs::HTTP_FORMAT);
    log.extended(service, naming::HTTP_STAGE);
    let metrics = service.told(&["httpApi", "metrics"]);
    let stage = Stage {
        settings: RouteSettings {
            throttle: logs::throttle(draft, service, naming::HTTP_STAGE),
            detailed_metrics: metrics.map(|it| draft.parsed(it, flag)),
            ..RouteSettings::default()
        },
        settings_unknown: service.extension(naming::HTTP_STAGE).is_some(),
        access_log: log.access,
        tags: draft.pairs_of(&service.provider, "tags"),
        auto_deploy: true,
        ..Stage::new(Name::new("$default".into(), draft.ir.api.name.span))
    };
    draft.ir.stages.push(stage);
    draft.called(Generated::Stage(id), &naming::HTTP_STAGE.into());
    if draft.ir.stages[id].access_log.is_some() {
        draft.called(Generated::StageLogGroup(id), &naming::HTTP_LOG_GROUP.into());
    }
}

/// The routes of an API, and what they bring along.
pub(super) fn events(cx: &mut Reading<'_>, draft: &mut Draft, service: &Service) {
    authorizers(cx, draft, service);
    let mut integrations: FxHashMap<Text, IntegrationId> = FxHashMap::default();
    for event in service.events("httpApi") {
        let Some((key, span)) = key(event.raw) else {
            draft.ir.api.routes_unknown = true;
            continue;
        };
        let (authorization, source, scopes) = authorization(draft, event);
        let function = &event.function.name;
        let id = match integrations.get(&function.value) {
            Some(known) => *known,
            None => {
                let id = integration(cx, draft, service, event);
                integrations.insert(function.value.clone(), id);
                id
            }
        };
        let route = Route {
            authorization,
            authorization_source: source,
            scopes,
            ..Route::new(draft.key(key.as_str(), span), RouteTarget::Integration(id, span))
        };
        let route = draft.ir.routes.push(route);
        draft.called(Generated::Route(route), &naming::http_route(&key).into());
        super::rest::condition(draft, event, route);
    }
    if !draft.ir.provenance.is_fragment
        && let Some(it) = service.provider(&["httpApi", "cors"])
    {
        draft.ir.api.cors = cors(draft, it);
    }
}

/// The key of a route, and where it stands.
fn key(event: &Raw) -> Option<(String, Span)> {
    let (method, path, span) = match event.as_str() {
        Some("*") => return Some(("$default".to_owned(), event.span)),
        Some(text) => {
            let (method, path) = text.split_once(' ')?;
            (method, path.trim(), event.span)
        }
        None => {
            let path = at(event, &["path"])?;
            if path.as_str() == Some("*") {
                return Some(("$default".to_owned(), path.span));
            }
            (at(event, &["method"])?.as_str()?, path.as_str()?, path.span)
        }
    };
    let method = if method == "*" { "ANY".to_owned() } else { method.to_ascii_uppercase() };
    Some((format!("{method} {path}"), span))
}

fn integration(
    cx: &mut Reading<'_>,
    draft: &mut Draft,
    service: &Service,
    event: Event<'_>,
) -> IntegrationId {
    let function = &event.function.name;
    let own = at(&event.function.raw, &["httpApi", "payload"]);
    let payload = match own.or_else(|| service.provider(&["httpApi", "payload"])) {
        Some(it) => draft.text(it),
        None => known(PAYLOAD.into(), function.span),
    };
    let callee = functions::callee(cx, draft, service, function);
    let backend = match known_text(payload) {
        Some(payload) => {
            Backend::Lambda { callee, payload: Name::new(version(&payload.value), payload.span) }
        }
        // Which format it is decides what the function must answer.
        None => Backend::Lambda { callee, payload: Name::new(PAYLOAD.into(), function.span) },
    };
    let integration = Integration {
        name: function.clone(),
        declared: false,
        brought: false,
        backend,
        timeout: Some(known(TIMEOUT, function.span)),
        credentials: Credentials::None,
        request_parameters: Vec::new(),
        response_parameters: Vec::new(),
        description: None,
        transformation: None,
    };
    let id = draft.ir.integrations.push(integration);
    let logical_id = format!("HttpApiIntegration{}", naming::name(&function.value));
    draft.called(Generated::Integration(id), &logical_id.into());
    id
}

/// `2` is a number, and stands for `2.0`.
fn version(text: &str) -> Text {
    if text.contains('.') { text.into() } else { format!("{text}.0").into() }
}

fn authorizers(cx: &mut Reading<'_>, draft: &mut Draft, service: &Service) {
    let Some(all) = service.provider(&["httpApi", "authorizers"]) else { return };
    for (key, it) in draft.entries(all) {
        let name = draft.name_of(&it, "name").unwrap_or_else(|| key.clone());
        let kind = at(&it, &["type"]);
        let identity = draft.texts_of(&it, "identitySource");
        let kind = match kind.map(|it| it.as_str()) {
            Some(Some("request")) => custom(cx, draft, service, &key, &it),
            Some(Some("jwt")) | None if it.function().is_none() => AuthorizerKind::Jwt {
                issuer: draft.text_of(&it, "issuerUrl"),
                audience: draft.texts_of(&it, "audience"),
            },
            _ => AuthorizerKind::Unknown,
        };
        let logical_id = format!("HttpApiAuthorizer{}", naming::name(&name.value));
        let id = draft.ir.authorizers.push(Authorizer { name, kind, identity });
        draft.called(Generated::Authorizer(id), &logical_id.into());
        draft.authorizers.insert(key.value.clone(), id);
    }
}

fn custom(
    cx: &mut Reading<'_>,
    draft: &mut Draft,
    service: &Service,
    name: &Name,
    it: &Raw,
) -> AuthorizerKind {
    let callee = match (at(it, &["functionArn"]), draft.name_of(it, "functionName")) {
        (Some(arn), _) => target::callee(cx, draft, arn),
        (None, Some(function)) => functions::callee(cx, draft, service, &function),
        (None, None) => gatewright_ir::Callee::Unknown,
    };
    let simple = at(it, &["enableSimpleResponses"]);
    let payload = match draft.text_of(it, "payloadVersion") {
        Some(payload) => known_text(payload).map(|it| Name::new(version(&it.value), it.span)),
        None => Some(Name::new(PAYLOAD.into(), name.span)),
    };
    let Some(payload) = payload.filter(|_| simple.is_none_or(|it| it.function().is_none())) else {
        return AuthorizerKind::Unknown;
    };
    AuthorizerKind::Lambda {
        callee,
        token: false,
        identity_pattern: None,
        response: match simple.is_some_and(is_true) {
            true => AuthorizerResponse::Simple,
            false => AuthorizerResponse::Iam,
        },
        payload,
        cache: draft.seconds_of(it, "resultTtlInSeconds"),
        role: None,
    }
}

fn authorization(draft: &mut Draft, event: Event<'_>) -> super::rest_authorizers::Authorized {
    let Some(raw) = at(event.raw, &["authorizer"]) else { return (OPEN.0, OPEN.1, Vec::new()) };
    let source = AuthorizationSource::Stated(raw.span);
    let name = raw.as_str().or_else(|| at(raw, &["name"])?.as_str());
    let is_iam = at(raw, &["type"]).and_then(Raw::as_str) == Some("aws_iam");
    let authorization = match name.and_then(|it| draft.authorizers.get(it)) {
        _ if is_iam => Authorization::Iam,
        Some(id) => Authorization::Authorizer(*id),
        None => by_id(draft, raw),
    };
    (authorization, source, draft.texts_of(raw, "scopes"))
}

/// An authorizer of an API that stands elsewhere, or under `resources`.
fn by_id(draft: &mut Draft, raw: &Raw) -> Authorization {
    let reference = at(raw, &["id"]).and_then(Raw::function);
    let name = reference.filter(|it| it.0 == "Ref").and_then(|it| it.1.as_str());
    match name.and_then(|it| draft.authorizers.get(it)) {
        Some(id) => Authorization::Authorizer(*id),
        None => Authorization::Unknown,
    }
}

/// The policy: `true`, or a mapping in which what is not said is filled in.
fn cors(draft: &mut Draft, it: &Raw) -> CorsSetting {
    if is_false(it) {
        return CorsSetting::Missing;
    }
    if !is_true(it) && (it.function().is_some() || !matches!(it.data, Data::Map(_))) {
        return CorsSetting::Unknown;
    }
    let fixed = |items: &[&str]| -> Vec<Located<Text>> {
        items.iter().map(|text| known((*text).into(), it.span)).collect()
    };
    let list = |draft: &mut Draft, key: &str| at(it, &[key]).map(|it| draft.texts(it));
    let credentials = at(it, &["allowCredentials"]).is_some().then(|| draft.flag_of(it, "allowCredentials"));
    let methods = list(draft, "allowedMethods").unwrap_or_else(|| fixed(&used_methods(draft)));
    CorsSetting::Policy(Box::new(Cors {
        span: it.span,
        allow_origins: list(draft, "allowedOrigins").unwrap_or_else(|| fixed(&["*"])),
        allow_methods: methods,
        allow_headers: list(draft, "allowedHeaders").unwrap_or_else(|| fixed(&super::rest_cors::HEADERS)),
        expose_headers: list(draft, "exposedResponseHeaders").unwrap_or_default(),
        max_age: draft.seconds_of(it, "maxAge"),
        allow_credentials: credentials.flatten(),
    }))
}

/// The methods of all routes, and `OPTIONS`.
fn used_methods(draft: &Draft) -> Vec<&'static str> {
    let mut out = vec!["OPTIONS"];
    for route in draft.ir.routes.values() {
        let key = &route.key.value;
        let all = Method::ALL.iter().filter(|it| **it != Method::Any);
        match key.method() {
            Some(Method::Any) => out.extend(all.map(|it| it.as_str())),
            None if key.is_default() => out.extend(all.map(|it| it.as_str())),
            Some(method) => out.push(method.as_str()),
            None => {}
        }
        if out.len() > 2 * Method::ALL.len() {
            dedup(&mut out);
        }
    }
    dedup(&mut out);
    out
}

fn dedup(methods: &mut Vec<&'static str>) {
    let mut seen = Vec::new();
    methods.retain(|it| {
        let is_new = !seen.contains(it);
        seen.push(*it);
        is_new
    });
}
