use gatewright_ir::{Route, RouteId};
use gatewright_source::Severity;

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

fn check(cx: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    let Some(cache) = route.settings.as_ref().and_then(|it| it.cache.as_ref()).filter(|it| it.enabled) else {
        return;
    };
    let integration = route.target.integration().map(|it| &cx.ir.integrations[it]);
    let transformation = integration.and_then(|it| it.transformation.as_ref());
    if let Some(stream) = transformation.and_then(|it| it.stream) {
        out.report(cache.span, format!("`{}` is streamed and so not cached", route.key.value.as_str()))
            .label(stream, "this streams the answer")
            .help("remove `cache`, or remove `stream`");
    }
}
