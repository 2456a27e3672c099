//! `policy:`, of an API and of a private domain.

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Field, List, OneOrMany, Raw, Value};

/// Who may call, before anything else is asked: rules, or a policy document with `Version` and `Statement`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ResourcePolicy {
    /// Who may call. Who is not among them may not, unless something else allows it.
    pub allow: Field<List<PolicyRule>>,
    /// Who may not, whatever else allows it.
    pub deny: Field<List<PolicyRule>>,
    /// Policy document: its version.
    #[serde(rename = "Version")]
    pub version: Field<Raw>,
    /// Policy document: its id.
    #[serde(rename = "Id")]
    pub id: Field<Raw>,
    /// Policy document: its statements.
    #[serde(rename = "Statement")]
    pub statement: Field<Raw>,
}

/// Callers of whom all of this is true; nothing said: everybody.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PolicyRule {
    /// They come through one of these VPC endpoints.
    pub vpc_endpoint: Field<OneOrMany<Value<Text>>>,
    /// They come from one of these VPCs.
    pub vpc: Field<OneOrMany<Value<Text>>>,
    /// Their address is one of these, or in one of these ranges (CIDR).
    pub source_ip: Field<OneOrMany<Value<Text>>>,
    /// They belong to one of these organizations.
    pub organization: Field<OneOrMany<Value<Text>>>,
    /// They are one of these principals: ARNs or ids of accounts, ARNs of roles.
    pub principal: Field<OneOrMany<Value<Text>>>,
}
