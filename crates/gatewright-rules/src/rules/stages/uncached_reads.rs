use gatewright_ir::{Backend, Ir, Method, Route, Stage, StageId};
use gatewright_source::Severity;

use super::posture::{advise, is_decided};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "uncached-reads",
    page: include_str!("uncached_reads.md"),
    severity: Severity::Warning,
    category: Category::Performance,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::REST,
    // The Serverless Framework leaves caches to plug-ins.
    formats: Formats::GATEWRIGHT.and(Formats::TEMPLATES),
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    if !is_decided(cx.ir, stage) || stage.cache.is_some() {
        return;
    }
    let mut reads = cx.ir.routes.values().filter(|it| is_read(cx.ir, it));
    let Some(first) = reads.next() else { return };
    let key = first.key.value.as_str();
    let (more, reach) = match reads.count() {
        0 => (String::new(), "reaches"),
        1 => (" and one more route".to_owned(), "reach"),
        more => (format!(" and {more} more routes"), "reach"),
    };
    let message = format!(
        "every request to `{key}`{more} {reach} its backend: the stage `{}` has no cache",
        stage.name.value
    );
    advise(out.report(stage.name.span, message), stage, "cache: { size: 0.5GB }")
        .help_in(
            Formats::TEMPLATES,
            "set `CacheClusterEnabled: true` and `CacheClusterSize`, and `CachingEnabled: true` in `MethodSettings`",
        );
}

/// Whether a route reads what a backend answers.
fn is_read(ir: &Ir, route: &Route) -> bool {
    let backend = route.target.integration().map(|it| &ir.integrations[it].backend);
    route.key.value.method() == Some(Method::Get) && !matches!(backend, Some(Backend::Mock { .. }) | None)
}
