use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cache-without-cluster",
    page: include_str!("cache_without_cluster.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // What could not be read may have a cache.
    let has_cluster = ir.stages.values().any(|it| it.cache.is_some() || it.variables_unknown);
    let is_cached = ir.routes.values().find_map(|it| {
        let cache = it.settings.as_ref()?.cache.as_ref()?;
        cache.enabled.then_some((it, cache.span))
    });
    if let (Some((route, span)), false) = (is_cached, has_cluster) {
        let key = route.key.value.as_str();
        out.report(span, format!("answers of `{key}` are not remembered: no stage has a cache"))
            .help("give a stage one, which costs by the hour: `cache: { size: 0.5GB }`");
        return;
    }
    for stage in ir.stages.values().filter(|it| it.cache.is_none()) {
        for (route, settings) in &stage.routes {
            if let Some(cache) = settings.cache.as_ref().filter(|it| it.enabled) {
                let (key, stage) = (ir.routes[*route].key.value.as_str(), &stage.name.value);
                let message =
                    format!("answers of `{key}` are not remembered: the stage `{stage}` has no cache");
                out.report(cache.span, message).help("give the stage a `cache`, or remove this one");
            }
        }
    }
}
