//! Resource policies as IAM policy documents.

use gatewright_ir::{Ir, Located, PolicyKind, PolicyRule, ResourcePolicy, Text};
use serde_json::Value;

use crate::list::list;
use crate::object::Object;

/// What may be called: everything. API Gateway fills in the ARN of the API.
///
/// Source: API Gateway Developer Guide, "API Gateway resource policy examples".
const EVERYTHING: &str = "execute-api:/*";

/// The document of a policy; none if it could not be read. Callers of a private API have an address of their VPC.
pub(crate) fn policy(ir: &Ir, policy: &ResourcePolicy, private: bool) -> Option<Value> {
    let rules = match &policy.kind {
        PolicyKind::Rules(it) => it,
        PolicyKind::Document(it) => return Some(it.to_json()),
        PolicyKind::Unknown => return None,
    };
    let statements: Vec<Value> = rules.iter().map(|it| statement(ir, it, private)).collect();
    Some(Object::new().set("Version", "2012-10-17").set("Statement", statements).into())
}

/// Source of the keys: IAM User Guide, "AWS global condition context keys".
fn statement(ir: &Ir, rule: &PolicyRule, private: bool) -> Value {
    let items = |it: &[Located<Text>]| list(ir, it);
    let equal = Object::new()
        .list("aws:SourceVpce", items(&rule.vpc_endpoints))
        .list("aws:SourceVpc", items(&rule.vpcs))
        .list("aws:PrincipalOrgID", items(&rule.organizations));
    let address = if private { "aws:VpcSourceIp" } else { "aws:SourceIp" };
    let inside = Object::new().list(address, items(&rule.source_ips));
    let conditions = Object::new().object("StringEquals", equal).object("IpAddress", inside);
    let principal: Value = match rule.principals.is_empty() {
        true => "*".into(),
        false => Object::new().set("AWS", items(&rule.principals)).into(),
    };
    Object::new()
        .set("Effect", if rule.allow { "Allow" } else { "Deny" })
        .set("Principal", principal)
        .set("Action", "execute-api:Invoke")
        .set("Resource", EVERYTHING)
        .object("Condition", conditions)
        .into()
}
