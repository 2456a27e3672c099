//! Resource policies: who may call before anything else is asked.

use gatewright_source::{Span, Text};
use gatewright_spec::Raw;

use crate::Located;

/// A resource policy.
#[derive(Clone, Debug)]
pub struct ResourcePolicy {
    /// Where it was written.
    pub span: Span,
    /// What it says.
    pub kind: PolicyKind,
}

/// What a resource policy says.
#[derive(Clone, Debug)]
pub enum PolicyKind {
    /// Rules.
    Rules(Vec<PolicyRule>),
    /// A policy document as it was written.
    Document(Raw),
    /// Unknown, which was reported.
    Unknown,
}

/// Callers of whom all of this is true; nothing said: everybody.
#[derive(Clone, Debug)]
pub struct PolicyRule {
    /// Where it was written.
    pub span: Span,
    /// Whether they may call, or may not.
    pub allow: bool,
    /// The VPC endpoints through which they come.
    pub vpc_endpoints: Vec<Located<Text>>,
    /// The VPCs from which they come.
    pub vpcs: Vec<Located<Text>>,
    /// Their addresses or ranges of addresses.
    pub source_ips: Vec<Located<Text>>,
    /// Their organizations.
    pub organizations: Vec<Located<Text>>,
    /// Who they are.
    pub principals: Vec<Located<Text>>,
}

impl PolicyRule {
    /// Whether anything narrows it.
    pub fn is_conditional(&self) -> bool {
        let lists =
            [&self.vpc_endpoints, &self.vpcs, &self.source_ips, &self.organizations, &self.principals];
        lists.into_iter().any(|it| !it.is_empty())
    }
}
