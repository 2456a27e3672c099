use gatewright_ir::{Generated, Id};
use gatewright_source::Severity;

use crate::rules::api::references::References;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unused-api-key",
    page: include_str!("unused_api_key.md"),
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
    if ir.api.usage_plans_unknown || ir.usage_plans.values().any(|it| it.keys_unknown) {
        return;
    }
    let mut used = vec![false; ir.api_keys.len()];
    for (id, _) in ir.usage_plans.values().flat_map(|it| &it.keys) {
        used[id.index()] = true;
    }
    let mut references = None;
    for (id, key) in ir.api_keys.iter().filter(|it| !used[it.0.index()]) {
        // Raw CloudFormation may put it into a plan.
        let references = references.get_or_insert_with(|| References::of(ir));
        if !references.contains(&ir.logical_id(Generated::ApiKey(id))) {
            let name = &key.name.value;
            out.report(key.name.span, format!("the API key `{name}` is in no usage plan"))
                .help(format!("add `{name}` to the `keys` of a plan, or remove it"));
        }
    }
}
