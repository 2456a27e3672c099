//! `defaults:`: what most routes, integrations or stages have alike is said once.

use gatewright_ir::{
    ApiKind, Authorization, AuthorizationSource, AuthorizerKind, Backend, Duration, Integration, Ir, Located,
    Route, Stage, Text, Throttle,
};
use serde_json::Value;

use crate::Raising;
use crate::section::Section;

/// What is said once.
#[derive(Clone, Debug)]
pub(crate) struct Defaults {
    /// The authorization of routes.
    pub(crate) authorization: Option<Authorization>,
    /// The scopes of routes that take tokens.
    pub(crate) scopes: Vec<Located<Text>>,
    /// Whether callers must show an API key.
    pub(crate) api_key: bool,
    /// The throttle of stages.
    pub(crate) throttle: Throttle,
    /// Whether stages keep metrics for each route.
    pub(crate) detailed_metrics: Option<bool>,
    /// The timeout of integrations.
    pub(crate) timeout: Option<Duration>,
    /// The payload format of functions.
    pub(crate) payload: Text,
}

impl Defaults {
    /// What an API's routes, integrations and stages have in common.
    pub(crate) fn of(ir: &Ir) -> Self {
        // A WebSocket API asks who calls on one route only.
        let routes: Vec<&Route> = match ir.api.kind {
            ApiKind::WebSocket => Vec::new(),
            _ => ir.routes.values().collect(),
        };
        let keyed = routes.iter().filter(|it| it.api_key.is_some()).count();
        let stages: Vec<&Stage> = ir.stages.values().collect();
        Self {
            authorization: authorization(&routes),
            scopes: scopes(ir, &routes),
            api_key: routes.len() > 1 && 2 * keyed > routes.len(),
            throttle: throttle(&stages),
            detailed_metrics: same(&stages, |it| it.settings.detailed_metrics.as_ref()?.value.known())
                .copied(),
            timeout: timeout(ir),
            payload: payload(ir),
        }
    }

    /// The scopes that a route has if it says nothing.
    pub(crate) fn scopes_of(&self, ir: &Ir, route: &Route) -> &[Located<Text>] {
        if takes_scopes(ir, route) { &self.scopes } else { &[] }
    }
}

impl Raising<'_> {
    /// The section.
    pub(crate) fn route_defaults(&mut self) -> Section {
        let it = self.defaults.clone();
        let mut out = Section::new();
        out.maybe("authorizer", it.authorization.map(|it| self.authorization(it)));
        out.list("scopes", self.texts(&it.scopes));
        if it.api_key {
            out.set("apiKey", "required");
        }
        out.section("throttle", self.throttle(&it.throttle));
        out.maybe("detailedMetrics", it.detailed_metrics);
        out.maybe("timeout", it.timeout.map(|it| it.to_string()));
        if self.ir.api.kind == ApiKind::Http && &*it.payload != "2.0" {
            out.set("payload", &*it.payload);
        }
        out
    }

    /// The word for who may call.
    pub(crate) fn authorization(&mut self, it: Authorization) -> Value {
        match it {
            Authorization::None => "none".into(),
            Authorization::Iam => "iam".into(),
            Authorization::Authorizer(id) => self.ir.authorizers[id].name.value.as_ref().into(),
            Authorization::Unknown => {
                let span = self.ir.api.name.span;
                self.unknown_name(span, "who may call a route")
            }
        }
    }
}

fn authorization(routes: &[&Route]) -> Option<Authorization> {
    let stated = routes.iter().find(|it| matches!(it.authorization_source, AuthorizationSource::Default(_)));
    if let Some(it) = stated {
        return Some(it.authorization).filter(|it| *it != Authorization::Unknown);
    }
    // Worth a line where it saves more than those say nothing that are open.
    let open = |it: &&&Route| {
        it.authorization == Authorization::None && it.authorization_source == AuthorizationSource::Nowhere
    };
    let of = |it: &&Route| {
        Some(it.authorization).filter(|it| !matches!(it, Authorization::None | Authorization::Unknown))
    };
    let (common, count) = counted(routes.iter().filter_map(of)).into_iter().rev().max_by_key(|it| it.1)?;
    (count > 1 && count > routes.iter().filter(open).count()).then_some(common)
}

fn scopes(ir: &Ir, routes: &[&Route]) -> Vec<Located<Text>> {
    let taking: Vec<&&Route> = routes.iter().filter(|it| takes_scopes(ir, it)).collect();
    let values = |it: &[Located<Text>]| -> Vec<Value> { it.iter().map(|it| it.value.to_json()).collect() };
    let given = taking.iter().map(|it| values(&it.scopes)).filter(|it| !it.is_empty());
    let Some(common) = most(taking.len(), given) else { return Vec::new() };
    let first = taking.iter().find(|it| values(&it.scopes) == common);
    first.map(|it| it.scopes.clone()).unwrap_or_default()
}

/// Whether the scopes that are said once hold for a route.
fn takes_scopes(ir: &Ir, route: &Route) -> bool {
    let Authorization::Authorizer(id) = route.authorization else { return false };
    matches!(ir.authorizers[id].kind, AuthorizerKind::Jwt { .. } | AuthorizerKind::Cognito { .. })
}

fn throttle(stages: &[&Stage]) -> Throttle {
    let written = |it: &Throttle| {
        (it.rate.as_ref().map(|it| it.value.clone()), it.burst.as_ref().map(|it| it.value.clone()))
    };
    let [first, ..] = stages else { return Throttle::default() };
    let it = &first.settings.throttle;
    let all = stages.iter().all(|other| written(&other.settings.throttle) == written(it));
    if all && is_shared(stages) { it.clone() } else { Throttle::default() }
}

/// What all stages have alike.
fn same<'s, T: PartialEq>(stages: &[&'s Stage], of: impl Fn(&'s Stage) -> Option<&'s T>) -> Option<&'s T> {
    let it = of(stages.first()?)?;
    (is_shared(stages) && stages.iter().all(|stage| of(stage) == Some(it))).then_some(it)
}

/// Whether there are several stages, or one that is not declared and has no place of its own.
fn is_shared(stages: &[&Stage]) -> bool {
    stages.len() > 1 || stages.iter().any(|it| !it.declared)
}

fn timeout(ir: &Ir) -> Option<Duration> {
    let of = |it: &Integration| it.timeout.as_ref().and_then(|it| it.value.known().copied());
    // What is made for a bare function has no other.
    if let Some(it) = ir.integrations.values().find(|it| is_bare(it)) {
        return of(it);
    }
    let all: Option<Vec<Duration>> = ir.integrations.values().map(of).collect();
    let all = all?;
    most(all.len(), all.into_iter())
}

fn payload(ir: &Ir) -> Text {
    let of = |it: &Integration| match &it.backend {
        Backend::Lambda { payload, .. } => Some(payload.value.clone()),
        _ => None,
    };
    if let Some(it) = ir.integrations.values().filter(|it| is_bare(it)).find_map(of) {
        return it;
    }
    let all: Vec<Text> = ir.integrations.values().filter_map(of).collect();
    most(all.len(), all.into_iter()).unwrap_or_else(|| "2.0".into())
}

/// Whether an integration is a function of which nothing else is said.
pub(crate) fn is_bare(it: &Integration) -> bool {
    !it.declared && !it.brought
}

/// The value that more than half of several have.
fn most<T: PartialEq>(of: usize, values: impl Iterator<Item = T>) -> Option<T> {
    counted(values).into_iter().find(|it| it.1 > 1 && 2 * it.1 > of).map(|it| it.0)
}

/// How often each value comes, in the order in which they do.
fn counted<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut out: Vec<(T, usize)> = Vec::new();
    for it in values {
        match out.iter_mut().find(|known| known.0 == it) {
            Some(known) => known.1 += 1,
            None => out.push((it, 1)),
        }
    }
    out
}
