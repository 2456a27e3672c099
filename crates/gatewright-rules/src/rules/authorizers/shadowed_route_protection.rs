use gatewright_ir::{Authorization, AuthorizationSource, Ir, Method, Route, RouteId};
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::super::routes::shape::Path;
use super::super::words::advise_protection;
use super::protection::{ancestors, greedy_base, is_protected, is_public};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "shadowed-route-protection",
    page: include_str!("shadowed_route_protection.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// A route that is open, and the protected one that would take its requests without it.
pub(super) struct Shadowed {
    pub(super) route: RouteId,
    around: RouteId,
}

fn check(cx: &Context<'_>, out: &mut Findings) {
    for it in found(cx.ir) {
        let (route, next) = (&cx.ir.routes[it.route], &cx.ir.routes[it.around]);
        let around = next.key.value.as_str();
        let message = format!("`{}` is open beside the protected `{around}`", route.key.value.as_str());
        let finding = out
            .report(route.key.span, message)
            .label(next.key.span, "takes what has no route of its own")
            .help("name an `authorizer`, or say `authorizer: none` if this is meant");
        let finding = advise_protection(cx, Some(it.route), finding);
        if let Some(span) = next.authorization_source.span() {
            finding.label(span, "protected here");
        }
    }
}

/// All such routes, in their order.
pub(super) fn found(ir: &Ir) -> Vec<Shadowed> {
    let routes = &ir.routes;
    let mut out = Vec::new();
    if !routes.values().any(is_unsaid) || !routes.values().any(is_protected) {
        return out;
    }
    let mut whole: FxHashMap<Path<'_>, RouteId> = FxHashMap::default();
    // By text: where variables have other names, there is a finding less, never one too many.
    let mut greedy: FxHashMap<(&str, Method), RouteId> = FxHashMap::default();
    let mut fallback = None;
    for (id, route) in routes.iter() {
        let key = &route.key.value;
        if key.is_default() {
            fallback = Some(id);
        }
        let Some(method) = key.method() else { continue };
        if let Some(base) = greedy_base(key) {
            greedy.insert((base, method), id);
        } else if method == Method::Any {
            whole.insert(Path(key), id);
        }
    }
    for (id, route) in routes.iter().filter(|it| is_unsaid(it.1)) {
        let key = &route.key.value;
        let (Some(method), Some(path)) = (key.method(), key.path()) else { continue };
        // A route that is greedy itself is found again at its own base.
        let own = greedy_base(key);
        let next = || {
            // Whether `/{proxy+}` takes `/` is not certain.
            ancestors(path).filter(|_| path != "/").find_map(|base| {
                let same = greedy.get(&(base, method)).filter(|_| own != Some(base));
                same.or_else(|| greedy.get(&(base, Method::Any)))
            })
        };
        let Some(next) = whole.get(&Path(key)).or_else(next).copied().or(fallback) else { continue };
        if is_protected(&routes[next]) {
            out.push(Shadowed { route: id, around: next });
        }
    }
    out
}

/// Whether nothing was said about who may call a route that only reads. For others, `unauthenticated-mutation`
/// speaks.
fn is_unsaid(route: &Route) -> bool {
    route.authorization == Authorization::None
        && route.authorization_source == AuthorizationSource::Nowhere
        && matches!(route.key.value.method(), Some(Method::Get | Method::Head))
        && !is_public(route)
}
