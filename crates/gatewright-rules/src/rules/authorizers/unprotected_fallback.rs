use gatewright_ir::{ApiKind, Authorization, FunctionId, IntegrationId, Ir, Method, Route, RouteId};
use gatewright_source::Severity;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::words::advise_protection;
use super::protection::{ancestors, greedy_base, is_protected, is_public};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unprotected-fallback",
    page: include_str!("unprotected_fallback.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// What answers: two integrations of one function are the same.
#[derive(Clone, Copy, PartialEq)]
enum Answers {
    Function(FunctionId),
    Integration(IntegrationId),
}

/// A greedy route that is open, and the protected one past which it leads.
pub(super) struct Fallback {
    pub(super) fallback: RouteId,
    past: RouteId,
    read: Method,
}

fn check(cx: &Context<'_>, out: &mut Findings) {
    for it in found(cx.ir) {
        let (fallback, route) = (&cx.ir.routes[it.fallback], &cx.ir.routes[it.past]);
        let (key, path) = (route.key.value.as_str(), route.key.value.path().unwrap_or_default());
        let name = fallback.key.value.as_str();
        let message = format!("`{name}` is open and leads past the protection of `{key}`");
        let finding = out
            .report(fallback.key.span, message)
            .label(
                route.key.span,
                format!("`{} {path}/` reaches the same backend unchecked", it.read.as_str()),
            )
            .help("protect it as well, or say why it is right: `public: REASON`");
        advise_protection(cx, Some(it.fallback), finding);
    }
}

/// All such routes, each once. Only HTTP APIs take a slash at the end for a path of its own.
pub(super) fn found(ir: &Ir) -> Vec<Fallback> {
    let routes = &ir.routes;
    let mut out = Vec::new();
    if ir.api.kind != ApiKind::Http || !routes.values().any(is_open_fallback) {
        return out;
    }
    let mut greedy: FxHashMap<(&str, Method), RouteId> = FxHashMap::default();
    for (id, route) in routes.iter() {
        let key = &route.key.value;
        if let (Some(base), Some(method)) = (greedy_base(key), key.method()) {
            greedy.insert((base, method), id);
        }
    }
    let mut reported: FxHashSet<RouteId> = FxHashSet::default();
    for (id, route) in routes.iter().filter(|it| is_protected(it.1)) {
        let key = &route.key.value;
        let (Some(method), Some(path)) = (key.method(), key.path()) else { continue };
        if path == "/" || greedy_base(key).is_some() {
            continue;
        }
        for read in [Method::Get, Method::Head] {
            if !method.covers(read) {
                continue;
            }
            // Where the same request goes with a slash at its end.
            let next = std::iter::once(path)
                .chain(ancestors(path))
                .find_map(|base| greedy.get(&(base, read)).or_else(|| greedy.get(&(base, Method::Any))));
            let Some(next) = next.copied() else { continue };
            let fallback = &routes[next];
            let same = answers(ir, route).is_some_and(|it| Some(it) == answers(ir, fallback));
            if same && is_open_fallback(fallback) && reported.insert(next) {
                out.push(Fallback { fallback: next, past: id, read });
            }
        }
    }
    out
}

/// Whether anybody may read under any path. Where one can also change something, `unauthenticated-mutation` speaks.
fn is_open_fallback(route: &Route) -> bool {
    route.authorization == Authorization::None
        && matches!(route.key.value.method(), Some(Method::Get | Method::Head))
        && greedy_base(&route.key.value).is_some()
        && !is_public(route)
}

fn answers(ir: &Ir, route: &Route) -> Option<Answers> {
    let id = route.target.integration()?;
    let function = ir.integrations[id].callee().and_then(|it| it.function());
    Some(function.map_or(Answers::Integration(id), Answers::Function))
}
