use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "plan-without-stages",
    page: include_str!("plan_without_stages.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for plan in cx.ir.usage_plans.values().filter(|it| it.stages.is_empty() && !it.stages_unknown) {
        out.report(plan.name.span, format!("the usage plan `{}` is for no stage", plan.name.value))
            .help("name the stages: `stages: [prod]`");
    }
}
