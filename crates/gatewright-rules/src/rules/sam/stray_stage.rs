use gatewright_ir::{Ir, RouteSettings, Stage};
use gatewright_source::Severity;

use super::source::Source;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stray-stage",
    page: include_str!("stray_stage.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    if source.get(&["OpenApiVersion"]).is_some() {
        return;
    }
    // Nothing is gone round where nothing was set.
    let Some(lacks) = cx.ir.stages.values().filter(|it| it.declared).find_map(|it| setting(cx.ir, it)) else {
        return;
    };
    let message = format!("`{}` gets a second stage, `Stage`, without {lacks} of its own", source.id);
    out.report(source.place.unwrap_or(cx.ir.api.name.span), message)
        .help("set `OpenApiVersion: 3.0.1`, once for all APIs under `Globals.Api`");
}

/// What is set for a stage, and not for the other one: the first of what there is.
fn setting(ir: &Ir, stage: &Stage) -> Option<&'static str> {
    let settings = std::iter::once(&stage.settings).chain(stage.routes.iter().map(|it| &it.1));
    let says = |it: &dyn Fn(&RouteSettings) -> bool| settings.clone().any(it);
    let has_plan = || {
        let mut stages = ir.usage_plans.values().flat_map(|it| &it.stages);
        stages.any(|it| std::ptr::eq(&ir.stages[it.stage], stage))
    };
    [
        (stage.web_acl.is_some(), "the web ACL"),
        (says(&|it| it.throttle.rate.is_some() || it.throttle.burst.is_some()), "the throttle"),
        (stage.access_log.is_some(), "the access log"),
        (!stage.variables.is_empty() || stage.variables_unknown, "the variables"),
        (stage.canary.is_some(), "the canary release"),
        (stage.cache.is_some(), "the cache"),
        (stage.client_certificate.is_some(), "the client certificate"),
        (stage.tracing.as_ref().is_some_and(|it| it.value.known() == Some(&true)), "the tracing"),
        (says(&|it| !it.is_empty()), "the settings of methods"),
        (has_plan(), "the usage plan"),
    ]
    .into_iter()
    .find_map(|(is_set, what)| is_set.then_some(what))
}
