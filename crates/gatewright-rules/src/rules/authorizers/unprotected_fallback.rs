use gatewright_ir::{Authorization, FunctionId, IntegrationId, Ir, Method, Route, RouteId};
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

fn check(cx: &Context<'_>, out: &mut Findings) {
    let routes = &cx.ir.routes;
    if !routes.values().any(is_open_fallback) {
        return;
    }
    let mut greedy: FxHashMap<(&str, Method), RouteId> = FxHashMap::default();
    for (id, route) in routes.iter() {
        let key = &route.key.value;
        if let (Some(base), Some(method)) = (greedy_base(key), key.method()) {
            greedy.insert((base, method), id);
        }
    }
    let mut reported: FxHashSet<RouteId> = FxHashSet::default();
    for route in routes.values().filter(|it| is_protected(it)) {
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
            let same = answers(cx.ir, route).is_some_and(|it| Some(it) == answers(cx.ir, fallback));
            if !same || !is_open_fallback(fallback) || !reported.insert(next) {
                continue;
            }
            let name = fallback.key.value.as_str();
            let message = format!("`{name}` is open and leads past the protection of `{}`", key.as_str());
            let finding = out
                .report(fallback.key.span, message)
                .label(
                    route.key.span,
                    format!("`{} {path}/` reaches the same backend unchecked", read.as_str()),
                )
                .help("protect it as well, or say why it is right: `public: REASON`");
            advise_protection(cx, Some(next), finding);
        }
    }
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
