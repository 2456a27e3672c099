use gatewright_ir::{Data, PolicyKind, Raw};
use gatewright_source::Severity;

use super::documents::callers;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "overlong-policy",
    page: include_str!("overlong_policy.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// Characters of a resource policy; adjustable.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const MAX_POLICY: usize = 8192;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(policy) = &cx.ir.api.policy else { return };
    let length = match &policy.kind {
        PolicyKind::Document(it) => length(it),
        PolicyKind::Rules(rules) => {
            // With the quotes and the comma.
            rules.iter().flat_map(callers).filter_map(|it| it.value.as_str()).map(|it| it.len() + 3).sum()
        }
        PolicyKind::Unknown => return,
    };
    if length > MAX_POLICY {
        out.report(
            policy.span,
            format!("the policy has more than {MAX_POLICY} characters, at least {length}"),
        )
        .help("say it shorter, such as with ranges of addresses, or ask AWS for a higher quota");
    }
}

/// How many characters a value has at least, as JSON; what is deferred counts as none.
pub(in crate::rules) fn length(raw: &Raw) -> usize {
    match &raw.data {
        _ if raw.function().is_some() => 0,
        Data::String(it) => it.len() + 2,
        Data::List(items) => items.iter().map(|it| length(it) + 1).sum::<usize>() + 1,
        Data::Map(entries) => {
            entries.iter().map(|(name, it)| name.value.len() + 4 + length(it)).sum::<usize>() + 1
        }
        Data::Null | Data::Bool(_) | Data::Integer(_) | Data::Float(_) => 1,
    }
}
