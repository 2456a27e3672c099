//! APIs: their definitions, the routes that events add to them, and what holds for all their routes.

use std::borrow::Cow;

use gatewright_ir::{
    ApiKind, Authorization, AuthorizationSource, CorsSetting, Method, Route, RouteId, RouteTarget, Text,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::{FxHashMap, FxHashSet};

use super::auth::{self, Auth};
use super::events::Event;
use super::expansion::Api;
use super::routes::{self, Caller};
use super::{cors, policies, responses};
use crate::cloudformation::Drafts;
use crate::draft::{Draft, Reading, flag, is_there};
use crate::include::{self, Definition};
use crate::openapi;

/// An API whose routes are being put together.
struct Open {
    /// Its place among the drafts.
    at: usize,
    auth: Auth,
    /// Whose definition it is.
    definition: Source,
    /// Routes by their keys.
    routes: FxHashMap<Text, RouteId>,
    /// Routes that events added, to which what holds by default was applied.
    done: FxHashSet<RouteId>,
    /// How events call what they are events of.
    callers: FxHashMap<Caller, gatewright_ir::IntegrationId>,
}

impl Open {
    /// An API of which the definition cannot be read.
    fn elsewhere(at: usize) -> Self {
        Self {
            at,
            auth: Auth::default(),
            definition: Source::Elsewhere,
            routes: FxHashMap::default(),
            done: FxHashSet::default(),
            callers: FxHashMap::default(),
        }
    }
}

/// Where the definition of an API comes from, which says what events add to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The transform makes it of the events.
    Events,
    /// A body that can be read.
    Body,
    /// A body in which events come before what it says itself: `MergeDefinitions`.
    Merged,
    /// A body that cannot be read.
    Elsewhere,
}

/// Reads what the expansion left out: definitions and events.
pub(super) fn read(cx: &mut Reading<'_>, drafts: &mut Drafts, apis: &[Api<'_>], events: &[Event<'_>]) {
    let mut open: FxHashMap<Text, Open> = FxHashMap::default();
    for api in apis.iter().filter(|it| it.kind != ApiKind::WebSocket) {
        let Some(at) = drafts.by_id.get(&api.id.value).copied() else { continue };
        let Some(draft) = drafts.list.get_mut(at) else { continue };
        let started = start(cx, draft, at, api);
        open.insert(api.id.value.clone(), started);
    }
    for event in events.iter().filter(|it| it.condition.is_none_or(|it| cx.scope.holds(it) != Some(false))) {
        let id = api_of(cx, event);
        if !open.contains_key(&*id) && cx.scope.resource(&id).is_none() {
            // An API that stands elsewhere, such as in a file that this one is merged with.
            let Some(at) = event.api().and_then(|it| drafts.named(cx, event.kind, it)) else { continue };
            open.insert((*id).into(), Open::elsewhere(at));
        }
        let Some(api) = open.get_mut(&*id) else { continue };
        let Some(draft) = drafts.list.get_mut(api.at) else { continue };
        if draft.ir.api.kind == event.kind {
            add(cx, draft, api, event);
        }
    }
    for api in apis {
        let Some(open) = open.get(&api.id.value) else { continue };
        let Some(draft) = drafts.list.get_mut(open.at) else { continue };
        finish(draft, open, api);
    }
}

/// The logical id of an event's API.
fn api_of<'r>(cx: &Reading<'_>, event: &Event<'r>) -> Cow<'r, str> {
    match (event.api_id(), event.api()) {
        // Written in a way that only looks unlike a reference: `!Sub "${Api}"`.
        ("", Some(it)) => {
            let text = crate::written::written(&cx.scope, it).unwrap_or_default();
            Cow::Owned(crate::written::sole_hole(&text).map(|it| it.0.to_owned()).unwrap_or_default())
        }
        (id, _) => Cow::Borrowed(id),
    }
}

/// An API before events are added.
fn start(cx: &mut Reading<'_>, draft: &mut Draft, at: usize, api: &Api<'_>) -> Open {
    let properties = &api.properties;
    let auth = auth::read(cx, draft, properties);
    if api.kind == ApiKind::Rest {
        responses::models(draft, properties);
        responses::gateway_responses(draft, properties);
    }
    let definition = definition(cx, draft, api);
    let key = |(id, it): (RouteId, &gatewright_ir::Route)| (it.key.value.as_str().into(), id);
    let routes = draft.ir.routes.iter().map(key).collect();
    Open { auth, definition, routes, ..Open::elsewhere(at) }
}

/// Reads the definition of an API, wherever it stands.
fn definition(cx: &mut Reading<'_>, draft: &mut Draft, api: &Api<'_>) -> Source {
    let uri = api.properties.get("DefinitionUri").filter(|it| is_there(it));
    let definition = match (api.body.filter(|it| is_there(it)), uri) {
        (Some(body), _) => include::body(cx, body),
        (None, Some(uri)) => match uri.as_str() {
            Some(location) => include::file(cx, location),
            None => Definition::Elsewhere,
        },
        (None, None) => return Source::Events,
    };
    match definition {
        Definition::Known(body) if matches!(body.data, Data::Map(_)) => {
            openapi::body(cx, draft, &body);
            match api.properties.get("MergeDefinitions") {
                Some(it) if is_true(it) => Source::Merged,
                _ => Source::Body,
            }
        }
        _ => {
            draft.ir.api.routes_unknown = true;
            draft.ir.api.cors = CorsSetting::Unknown;
            Source::Elsewhere
        }
    }
}

fn is_true(it: &Raw) -> bool {
    match &it.data {
        Data::Bool(it) => *it,
        Data::String(it) => flag(it) == Some(true),
        _ => false,
    }
}

/// Adds what an event says to its API.
///
/// Source: `samtranslator/model/eventsources/push.py`: to an HTTP API events add what its body does not have; a REST
/// API with a body of its own is left as it is, unless `MergeDefinitions` or `OverrideApiAuth` say otherwise.
fn add(cx: &Reading<'_>, draft: &mut Draft, api: &mut Open, event: &Event<'_>) {
    let Some(key) = event.key() else {
        draft.ir.api.routes_unknown = true;
        return;
    };
    let rest = event.kind == ApiKind::Rest;
    let known = api.routes.get(&key.value).copied();
    if let (Some(id), Source::Body | Source::Merged) = (known, api.definition) {
        let overrides = event.get("Auth").and_then(|it| it.get("OverrideApiAuth")).is_some_and(is_true);
        let merges = api.definition == Source::Merged && !event.starts_machine;
        let has_target = draft.ir.routes[id].target.integration().is_some();
        if !rest || overrides || merges {
            let mut route = draft.ir.routes[id].clone();
            if !has_target && route.authorization_source == AuthorizationSource::Nowhere {
                // Of a definition that names no backends it is not known who may call.
                route.authorization = Authorization::None;
            }
            auth::of_event(draft, &api.auth, event.properties, &mut route);
            if merges || !rest && !has_target {
                route.target = RouteTarget::Missing;
                routes::of_event(cx, draft, &api.auth, &mut api.callers, event, &mut route);
                api.done.insert(id);
            }
            draft.ir.routes[id] = route;
        }
        return;
    }
    if rest && api.definition == Source::Body || event.starts_machine && api.definition == Source::Merged {
        return;
    }
    let mut route = Route::new(draft.key(key.value.clone(), key.span), RouteTarget::Missing);
    auth::of_event(draft, &api.auth, event.properties, &mut route);
    if api.definition == Source::Elsewhere {
        // What the body says of it comes first.
        route.authorization = Authorization::Unknown;
        route.authorization_source = AuthorizationSource::Stated(key.span);
    }
    routes::of_event(cx, draft, &api.auth, &mut api.callers, event, &mut route);
    let Some(id) = draft.route(route, None) else { return };
    api.routes.entry(key.value).or_insert(id);
    api.done.insert(id);
    if let Some(condition) = event.condition
        && cx.scope.holds(condition).is_none()
    {
        draft.ir.provenance.conditions.insert(id, condition.clone());
    }
    if rest && event.get("Auth").and_then(|it| it.get("ResourcePolicy")).is_some_and(is_there) {
        policies::of_routes(draft, key.span);
    }
}

/// What holds for all routes, and what is said of the API as a whole.
fn finish(draft: &mut Draft, api: &Open, source: &Api<'_>) {
    let open = match (source.kind, &draft.ir.provenance.body) {
        (ApiKind::Rest, Some(body)) => explicitly_open(body),
        _ => FxHashSet::default(),
    };
    let ids: Vec<RouteId> = draft.ir.routes.ids().collect();
    for id in ids {
        let route = &draft.ir.routes[id];
        // Without an integration an operation of a body is none, as the transform sees it.
        let plain = route.target == RouteTarget::Unknown && route.authorization == Authorization::Unknown;
        if api.done.contains(&id) || route.target == RouteTarget::Missing || plain {
            continue;
        }
        let mut route = draft.ir.routes[id].clone();
        let open = open.contains(route.key.value.as_str());
        auth::by_default(draft, &api.auth, None, open, &mut route);
        draft.ir.routes[id] = route;
    }
    match source.kind {
        ApiKind::Http => cors::http(draft, &source.properties),
        _ => {
            cors::rest(draft, &source.properties);
            policies::of_api(draft, &source.properties);
        }
    }
    let plan = source.properties.get("Auth").and_then(|it| it.get("UsagePlan"));
    if plan.is_some_and(|it| it.get("CreateUsagePlan").is_none_or(|it| it.as_str().is_none())) {
        draft.ir.api.usage_plans_unknown = true;
    }
}

/// The operations of a body whose `security` names `NONE`, as SAM understands it: nobody is asked.
fn explicitly_open(body: &Raw) -> FxHashSet<String> {
    let mut out = FxHashSet::default();
    let Some(Data::Map(paths)) = body.get("paths").map(|it| &it.data) else { return out };
    for (path, item) in paths {
        let Data::Map(operations) = &item.data else { continue };
        for (method, operation) in operations {
            let Some(Data::List(security)) = operation.get("security").map(|it| &it.data) else { continue };
            if security.iter().any(|it| it.get("NONE").is_some()) {
                let method = match &*method.value {
                    "x-amazon-apigateway-any-method" => Method::Any.as_str().to_owned(),
                    it => it.to_ascii_uppercase(),
                };
                out.insert(format!("{method} {}", path.value));
            }
        }
    }
    out
}
