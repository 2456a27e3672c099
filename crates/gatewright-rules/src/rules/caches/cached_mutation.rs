use gatewright_ir::{Method, Route, RouteId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cached-mutation",
    page: include_str!("cached_mutation.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(_: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    let Some(method) = route.key.value.method().filter(|_| !is_read(route)) else { return };
    let Some(cache) = route.settings.as_ref().and_then(|it| it.cache.as_ref()).filter(|it| it.enabled) else {
        return;
    };
    let key = route.key.value.as_str();
    let finding =
        out.report(cache.span, format!("a second `{key}` gets the answer to the first, and changes nothing"));
    if method == Method::Any {
        finding.help("write a route for `GET` with the `cache`, beside this one without it");
    } else {
        finding.help("remove `cache` here; only what reads is worth remembering");
    }
}

/// Whether requests to a route only read.
pub(super) fn is_read(route: &Route) -> bool {
    let reads = [Method::Get, Method::Head, Method::Options];
    route.key.value.method().is_none_or(|it| reads.contains(&it))
}
