use gatewright_ir::Generated;
use gatewright_source::Severity;

use crate::rules::api::references::References;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "plan-without-keys",
    page: include_str!("plan_without_keys.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // Keys that are made later, for each new customer, stand in no specification.
    if ir.api_keys.is_empty() {
        return;
    }
    let mut references = None;
    for (id, plan) in ir.usage_plans.iter().filter(|it| it.1.keys.is_empty() && !it.1.keys_unknown) {
        let references = references.get_or_insert_with(|| References::of(ir));
        if !references.contains(&ir.logical_id(Generated::UsagePlan(id))) {
            out.report(plan.name.span, format!("no key has the usage plan `{}`", plan.name.value))
                .help("name the keys that have it: `keys: [NAME]`, or remove it");
        }
    }
}
