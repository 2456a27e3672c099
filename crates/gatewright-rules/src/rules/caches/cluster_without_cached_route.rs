use gatewright_ir::{RouteSettings, RouteTarget, Stage, StageId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cluster-without-cached-route",
    page: include_str!("cluster_without_cached_route.md"),
    severity: Severity::Warning,
    category: Category::Cost,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    let ir = cx.ir;
    let Some(cache) = &stage.cache else { return };
    if ir.routes.is_empty() || ir.api.routes_unknown {
        return;
    }
    let is_cached = |it: &RouteSettings| it.cache.as_ref().is_some_and(|it| it.enabled);
    let any = ir.routes.iter().any(|(id, route)| {
        let at = stage.routes.binary_search_by_key(&id, |it| it.0);
        let in_stage = at.ok().map(|at| &stage.routes[at].1).filter(|it| it.cache.is_some());
        // What could not be read may be cached.
        in_stage.or(route.settings.as_deref()).is_some_and(is_cached) || route.target == RouteTarget::Unknown
    });
    if !any {
        let name = &stage.name.value;
        out.report(cache.span, format!("the stage `{name}` pays for a cache that no route uses"))
            .help("write `cache: { ttl: 60s, key: [page] }` at the routes whose answers are remembered, or remove it").help_in(Formats::TEMPLATES, "set `CachingEnabled: true` under `MethodSettings` for the methods whose answers are remembered, or remove the cluster");
    }
}
