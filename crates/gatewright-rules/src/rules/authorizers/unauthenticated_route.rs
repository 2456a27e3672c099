use gatewright_ir::{Authorization, AuthorizationSource, Format, Ir, Method, Route, RouteId};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::super::words::advise_protection;
use super::protection::{
    is_answered, is_behind_mutual_tls, is_behind_policy, is_mutation, is_protected, is_public,
};
use super::{shadowed_route_protection, unprotected_fallback};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unauthenticated-route",
    page: include_str!("unauthenticated_route.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// Paths, and last segments of paths, that are there for everybody.
const FOR_EVERYBODY: [&str; 10] = [
    "favicon.ico",
    "health",
    "health-check",
    "healthcheck",
    "healthz",
    "livez",
    "ping",
    "readyz",
    "robots.txt",
    "sitemap.xml",
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    if is_behind_mutual_tls(ir) || is_behind_policy(ir) {
        return;
    }
    let left = left_to_others(ir);
    let mut seen = FxHashSet::default();
    let mut open = ir
        .routes
        .iter()
        .filter(|(id, route)| !left.contains(id) && is_open(ir, route))
        // A key that is there twice is reported by itself.
        .filter(|it| seen.insert(it.1.key.value.as_str()));
    // Our language asks for a word at each route. Elsewhere once is enough.
    if ir.provenance.format != Format::Gatewright {
        let Some((id, first)) = open.next() else { return };
        let more = match open.count() {
            0 => String::new(),
            1 => " and one more route".to_owned(),
            more => format!(" and {more} more routes"),
        };
        let key = first.key.value.as_str();
        let finding = out.report(first.key.span, format!("anybody may call `{key}`{more}"));
        advise_protection(cx, Some(id), finding);
        return;
    }
    for (_, route) in open {
        let finding = out
            .report(route.key.span, format!("anybody may call `{}`", route.key.value.as_str()))
            .help("name an `authorizer`, or say why it is right: `public: REASON`");
        match route.authorization_source {
            AuthorizationSource::Stated(span) => drop(finding.label(span, "nobody is asked for credentials")),
            AuthorizationSource::Default(span) => drop(finding.label(span, "no authorizer by default")),
            AuthorizationSource::Nowhere => {}
        }
    }
}

/// Whether anybody may call a route, and nobody said why.
fn is_open(ir: &Ir, route: &Route) -> bool {
    route.authorization == Authorization::None
        // `api-key-only-protection` speaks of these.
        && route.api_key.is_none()
        && route.key.value.method() != Some(Method::Options)
        && !is_public(route)
        && !is_answered(ir, route)
        && !is_for_everybody(route)
        && !is_left_to_mutation(ir, route)
}

/// Whether `unauthenticated-mutation` speaks of a route: of a document by itself only where something is protected.
fn is_left_to_mutation(ir: &Ir, route: &Route) -> bool {
    is_mutation(ir, route)
        && (ir.provenance.format != Format::OpenApi || ir.routes.values().any(is_protected))
}

/// The routes of which other rules speak.
fn left_to_others(ir: &Ir) -> FxHashSet<RouteId> {
    let shadowed = shadowed_route_protection::found(ir).into_iter().map(|it| it.route);
    let fallbacks = unprotected_fallback::found(ir).into_iter().map(|it| it.fallback);
    shadowed.chain(fallbacks).collect()
}

fn is_for_everybody(route: &Route) -> bool {
    let Some(path) = route.key.value.path() else { return false };
    let last = path.rsplit('/').next().unwrap_or_default();
    path.starts_with("/.well-known/") || FOR_EVERYBODY.contains(&last)
}
