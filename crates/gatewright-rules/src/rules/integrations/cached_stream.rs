use gatewright_ir::{Ir, Method, Route, RouteId, Stage};
use gatewright_source::{Severity, Span};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cached-stream",
    page: include_str!("cached_stream.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, id: RouteId, route: &Route, out: &mut Findings) {
    let Some(cache) = cache(cx.ir, id, route) else { return };
    let integration = route.target.integration().map(|it| &cx.ir.integrations[it]);
    let transformation = integration.and_then(|it| it.transformation.as_ref());
    if let Some(stream) = transformation.and_then(|it| it.stream) {
        out.report(cache, format!("`{}` is streamed and so not cached", route.key.value.as_str()))
            .label(stream, "this streams the answer")
            .help("remove `cache`, or remove `stream`")
            .help_in(Formats::FOREIGN, "do not cache it, or do not stream it");
    }
}

/// Where it is said that answers of a route are remembered, if they are: at the route, of it in a stage, or of the
/// whole stage, which then remembers the answers to GET.
fn cache(ir: &Ir, id: RouteId, route: &Route) -> Option<Span> {
    let is_get = route.key.value.method() == Some(Method::Get);
    let own = route.settings.as_deref().and_then(|it| it.cache.as_ref());
    let in_stage = |stage: &'_ Stage| {
        let found = stage.routes.binary_search_by_key(&id, |it| it.0).ok();
        let found = found.and_then(|at| stage.routes[at].1.cache.clone()).or_else(|| own.cloned());
        found.or_else(|| stage.settings.cache.clone().filter(|_| is_get))
    };
    let mut all = ir.stages.values().filter_map(in_stage);
    all.find(|it| it.enabled).map(|it| it.span)
}
