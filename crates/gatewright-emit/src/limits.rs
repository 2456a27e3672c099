//! CloudFormation's and Lambda's hard limits: data, no decisions.

/// Resources in one template.
///
/// Source: CloudFormation User Guide, "Understand CloudFormation quotas".
pub(crate) const RESOURCES: usize = 500;

/// Parameters of one template. Source: as above.
pub(crate) const PARAMETERS: usize = 200;

/// Bytes of a template that is sent along with the request; a larger one must lie in a bucket. Source: as above.
pub(crate) const INLINE_BYTES: usize = 51_200;

/// Bytes of a template in a bucket: 1 MB. Source: as above.
pub(crate) const TEMPLATE_BYTES: usize = 1_000_000;

/// Bytes of a template's description. Source: as above.
pub(crate) const DESCRIPTION_BYTES: usize = 1024;

/// Bytes of the policy of a function or alias.
///
/// Source: Lambda Developer Guide, "Lambda quotas": function resource-based policy, 20 KB.
pub(crate) const FUNCTION_POLICY_BYTES: usize = 20_480;

/// A throttle's rate where only its burst is given: the account's default.
///
/// Source: API Gateway Developer Guide, "Amazon API Gateway quotas": 10,000 requests a second.
pub(crate) const ACCOUNT_RATE: u64 = 10_000;

/// A throttle's burst where only its rate is given: the account's default. Source: as above.
pub(crate) const ACCOUNT_BURST: u64 = 5_000;
