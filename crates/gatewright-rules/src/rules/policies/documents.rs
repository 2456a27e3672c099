//! What resource policies say, as rules or as documents.

use std::borrow::Cow;

use gatewright_ir::{Data, Ir, Located, PolicyKind, PolicyRule, Raw, ResourcePolicy, Text, written};
use gatewright_source::Span;

/// All resource policies: that of the API and those of domains.
pub(super) fn policies(ir: &Ir) -> impl Iterator<Item = &ResourcePolicy> {
    ir.api.policy.iter().chain(ir.domains.values().filter_map(|it| it.policy.as_ref()))
}

/// All that a rule tells callers by.
pub(super) fn callers(rule: &PolicyRule) -> impl Iterator<Item = &Located<Text>> {
    let places = rule.vpc_endpoints.iter().chain(&rule.vpcs).chain(&rule.source_ips);
    places.chain(&rule.organizations).chain(&rule.principals)
}

/// The statements of a policy document, which are one or a list.
pub(super) fn statements(document: &Raw) -> &[Raw] {
    let Some(it) = document.get("Statement") else { return &[] };
    if let Data::List(items) = &it.data { items } else { std::slice::from_ref(it) }
}

/// Whether a statement may allow something: it is not known to deny.
pub(super) fn may_allow(statement: &Raw) -> bool {
    statement.get("Effect").and_then(Raw::as_str) != Some("Deny")
}

/// Whether a statement may deny something: it is not known to allow.
pub(super) fn may_deny(statement: &Raw) -> bool {
    statement.get("Effect").and_then(Raw::as_str) != Some("Allow")
}

/// Where a policy lets in everybody to everything, if it does and nothing is denied.
pub(in crate::rules) fn opened(policy: &ResourcePolicy) -> Option<Span> {
    match &policy.kind {
        PolicyKind::Rules(rules) if rules.iter().all(|it| it.allow) => {
            rules.iter().find(|it| !it.is_conditional()).map(|it| it.span)
        }
        PolicyKind::Document(it) if !statements(it).iter().any(may_deny) => {
            statements(it).iter().find(|it| is_for_everybody(it)).map(|it| it.span)
        }
        _ => None,
    }
}

fn is_for_everybody(statement: &Raw) -> bool {
    let principal = statement.get("Principal");
    let who = principal.and_then(|it| it.as_str().or_else(|| sole(it.get("AWS")?).as_str()));
    statement.get("Condition").is_none() && who == Some("*") && is_for_everything(statement)
}

/// Whether a statement is about the whole API: its `Resource` ends with as many `*` as it has parts.
fn is_for_everything(statement: &Raw) -> bool {
    let Some(it) = statement.get("Resource") else { return false };
    let all = if let Data::List(items) = &it.data { &items[..] } else { std::slice::from_ref(it) };
    all.iter().filter_map(|it| written(it, &|it| Cow::Borrowed(it))).any(|it| {
        let mut parts = it.split('/').skip(1).peekable();
        it == "*" || parts.peek().is_some() && parts.all(|it| it == "*")
    })
}

/// The only item of a list, or what is no list.
fn sole(it: &Raw) -> &Raw {
    match &it.data {
        Data::List(items) if items.len() == 1 => &items[0],
        _ => it,
    }
}
