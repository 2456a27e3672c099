use gatewright_ir::{Generated, Ir, PolicyKind, Raw, references};
use gatewright_source::{Severity, Span};

use super::documents::callers;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "policy-names-own-api",
    page: include_str!("policy_names_own_api.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let id = cx.ir.logical_id(Generated::Api);
    for span in places(cx.ir) {
        out.report(span, format!("the policy of the API refers to the API itself, `{id}`"))
            .help("write `execute-api:/*`, which is this API in its own policy");
    }
}

/// Where the policy of the API refers to the API.
pub(in crate::rules) fn places(ir: &Ir) -> Vec<Span> {
    let Some(policy) = &ir.api.policy else { return Vec::new() };
    let id = ir.logical_id(Generated::Api);
    let place = |raw: &Raw| {
        let own = references(raw).into_iter().find(|it| it.sort.is_resource() && it.name == id);
        own.map(|it| it.span)
    };
    match &policy.kind {
        PolicyKind::Document(it) => place(it).into_iter().collect(),
        PolicyKind::Rules(rules) => {
            rules.iter().flat_map(callers).filter_map(|it| place(it.value.deferred()?)).collect()
        }
        PolicyKind::Unknown => Vec::new(),
    }
}
