use gatewright_ir::{ApiKeyId, StageId, UsagePlan};
use gatewright_source::{Severity, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "api-key-in-two-plans",
    page: include_str!("api_key_in_two_plans.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut seen: FxHashMap<(ApiKeyId, StageId), (&UsagePlan, Span)> = FxHashMap::default();
    for plan in ir.usage_plans.values() {
        let mut own = FxHashSet::default();
        for (key, span) in plan.keys.iter().filter(|it| own.insert(it.0)) {
            // One finding for each pair of plans, however many stages they share.
            let mut told = false;
            for it in &plan.stages {
                let first = seen.entry((*key, it.stage)).or_insert((plan, *span));
                if told || first.0.name.span == plan.name.span {
                    continue;
                }
                told = true;
                let (key, stage) = (&ir.api_keys[*key].name.value, &ir.stages[it.stage].name.value);
                let (one, other) = (&first.0.name.value, &plan.name.value);
                let message = format!("`{key}` has two plans for the stage `{stage}`: `{one}` and `{other}`");
                out.report(*span, message)
                    .label(first.1, format!("in `{one}`"))
                    .help("leave the key in one of them, or give them different stages");
            }
        }
    }
}
