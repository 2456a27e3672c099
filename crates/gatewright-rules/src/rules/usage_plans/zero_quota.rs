use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "zero-quota",
    page: include_str!("zero_quota.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for plan in cx.ir.usage_plans.values() {
        let Some(limit) = plan.quota.as_ref().and_then(|it| it.limit.as_ref()) else { continue };
        if limit.value.known() == Some(&0) {
            let name = &plan.name.value;
            out.report(limit.span, format!("a quota of 0 lets no request of `{name}` through"))
                .help("say how many requests are let through, or remove the quota");
        }
    }
}
