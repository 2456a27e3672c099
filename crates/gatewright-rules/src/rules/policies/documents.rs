//! What resource policies say, as rules or as documents.

use gatewright_ir::{Data, Ir, Located, PolicyRule, Raw, ResourcePolicy, Text};

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
