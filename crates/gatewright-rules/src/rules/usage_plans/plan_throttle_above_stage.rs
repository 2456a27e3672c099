use gatewright_ir::{Located, Throttle, UsagePlan};
use gatewright_source::{Severity, Span};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "plan-throttle-above-stage",
    page: include_str!("plan_throttle_above_stage.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // A plan that nobody has limits nobody.
    let is_used = |it: &&UsagePlan| !it.keys.is_empty() || it.keys_unknown;
    for plan in ir.usage_plans.values().filter(|it| !it.stages_unknown).filter(is_used) {
        let of_stages = plan.stages.iter().map(|it| &ir.stages[it.stage].settings.throttle);
        report(&plan.name.value, &plan.throttle, of_stages, out);
        for stage in &plan.stages {
            for (route, _, throttle) in &stage.routes {
                let settings = ir.route_settings(stage.stage, *route);
                let own = settings.as_ref().map_or(&ir.stages[stage.stage].settings, |it| it);
                report(&plan.name.value, throttle, std::iter::once(&own.throttle), out);
            }
        }
    }
}

fn report<'i>(
    plan: &str,
    own: &Throttle,
    others: impl Iterator<Item = &'i Throttle> + Clone,
    out: &mut Findings,
) {
    let rate = below(own.rate.as_ref(), others.clone().map(|it| it.rate.as_ref()));
    let burst = || below(own.burst.as_ref(), others.map(|it| it.burst.as_ref()));
    let Some((what, (span, lower))) = rate.map(|it| ("rate", it)).or_else(|| burst().map(|it| ("burst", it)))
    else {
        return;
    };
    out.report(span, format!("the {what} of `{plan}` is above what one method gives to all callers"))
        .label(lower, "all callers of one method together")
        .help("lower it, or raise the throttle of the stage");
}

/// Where a limit stands and a lower one, if it is above all others, which are known.
fn below<'i, T: PartialOrd + 'i>(
    own: Option<&Located<T>>,
    mut others: impl Iterator<Item = Option<&'i Located<T>>>,
) -> Option<(Span, Span)> {
    let own = own?;
    let limit = own.value.known()?;
    let is_lower = |it: &&Located<T>| it.value.known().is_some_and(|it| it < limit);
    let first = others.next()?.filter(is_lower)?;
    others.all(|it| it.is_some_and(|it| is_lower(&it))).then_some((own.span, first.span))
}
