use gatewright_ir::{Generated, PolicyKind, Raw, references};
use gatewright_source::Severity;

use super::documents::callers;
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "policy-names-own-api",
    page: include_str!("policy_names_own_api.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    kinds: Kinds::REST,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(policy) = &cx.ir.api.policy else { return };
    let id = cx.ir.logical_id(Generated::Api);
    let mut report = |raw: &Raw| {
        let own = references(raw).into_iter().find(|it| it.sort.is_resource() && it.name == id);
        if let Some(own) = own {
            out.report(own.span, format!("the policy of the API refers to the API itself, `{id}`"))
                .help("write `execute-api:/*`, which is this API in its own policy");
        }
    };
    match &policy.kind {
        PolicyKind::Document(it) => report(it),
        PolicyKind::Rules(rules) => {
            rules.iter().flat_map(callers).filter_map(|it| it.value.deferred()).for_each(report);
        }
        PolicyKind::Unknown => {}
    }
}
