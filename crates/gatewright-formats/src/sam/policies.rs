//! `ResourcePolicy`: who may call before anything else is asked.

use gatewright_ir::{Located, PolicyKind, PolicyRule, ResourcePolicy, Span, Text};
use gatewright_spec::{Data, Raw};

use super::made;
use crate::draft::Draft;

/// Lists of those who may call, or may not.
const LISTS: [(&str, bool); 10] = [
    ("AwsAccountWhitelist", true),
    ("AwsAccountBlacklist", false),
    ("IpRangeWhitelist", true),
    ("IpRangeBlacklist", false),
    ("SourceVpcWhitelist", true),
    ("SourceVpcBlacklist", false),
    ("IntrinsicVpcWhitelist", true),
    ("IntrinsicVpcBlacklist", false),
    ("IntrinsicVpceWhitelist", true),
    ("IntrinsicVpceBlacklist", false),
];

/// Reads what `Auth` of an API says.
pub(super) fn of_api(draft: &mut Draft, properties: &Raw) {
    let Some(policy) = properties.get("Auth").and_then(|it| draft.inner(it, "ResourcePolicy")) else {
        return;
    };
    let span = policy.span;
    let mut lists = Vec::new();
    for (key, allow) in LISTS {
        let items = draft.texts_of(&policy, key);
        if !items.is_empty() {
            lists.push((key, allow, items));
        }
    }
    let statements = policy.get("CustomStatements");
    let single = lists.len() == 1 && statements.is_none() && draft.ir.api.policy.is_none();
    let kind = match (statements, lists.pop()) {
        (Some(it), None) if matches!(it.data, Data::List(_)) => {
            let version = made::text("2012-10-17", it.span);
            PolicyKind::Document(made::map(span, [("Version", version), ("Statement", it.clone())]))
        }
        // Of several lists, the transform's statements mean all together, where rules mean any.
        (None, Some((key, true, items))) if single => PolicyKind::Rules(vec![rule(key, true, span, items)]),
        // Who is not on a list of addresses or networks may call; of a list of accounts that is not said.
        (None, Some((key, false, items))) if single && key != "AwsAccountBlacklist" => {
            PolicyKind::Rules(vec![rule(key, true, span, Vec::new()), rule(key, false, span, items)])
        }
        _ => PolicyKind::Unknown,
    };
    draft.ir.api.policy = Some(ResourcePolicy { span, kind });
}

/// Remembers that single routes have a policy of their own.
pub(super) fn of_routes(draft: &mut Draft, span: Span) {
    draft.ir.api.policy.get_or_insert(ResourcePolicy { span, kind: PolicyKind::Unknown });
}

fn rule(key: &str, allow: bool, span: Span, items: Vec<Located<Text>>) -> PolicyRule {
    let mut out = PolicyRule {
        span,
        allow,
        vpc_endpoints: Vec::new(),
        vpcs: Vec::new(),
        source_ips: Vec::new(),
        organizations: Vec::new(),
        principals: Vec::new(),
    };
    for it in items {
        let list = match key {
            _ if key.starts_with("AwsAccount") => &mut out.principals,
            _ if key.starts_with("IpRange") => &mut out.source_ips,
            _ if key.starts_with("IntrinsicVpce") => &mut out.vpc_endpoints,
            _ if it.value.as_str().is_some_and(|it| it.starts_with("vpce-")) => &mut out.vpc_endpoints,
            _ => &mut out.vpcs,
        };
        list.push(it);
    }
    out
}
