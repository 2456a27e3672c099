//! CloudFormation's and Lambda's hard limits: data, no decisions.

/// Resources in one template.
///
/// Source: CloudFormation User Guide, "Understand CloudFormation quotas".
pub(crate) const RESOURCES: usize = 500;

/// Resources from which on routes go to nested stacks: where cfn-lint warns that a template is about to be full.
///
/// Source: cfn-lint, rule I3010: more than 90 % of the limit.
pub(crate) const RESOURCES_ADVISED: usize = 450;

/// Parameters that a template should have: 90 % of the limit of 200. Source: as above, and cfn-lint, rule I2010.
pub(crate) const PARAMETERS_ADVISED: usize = 180;

/// Characters of the name of a VPC link.
///
/// Source: API Gateway V2 API Reference, "VpcLinks": `name`, a string with a length between 1 and 128.
pub(crate) const VPC_LINK_NAME: usize = 128;

/// Bytes of a template that is sent along with the request; a larger one must lie in a bucket.
///
/// Source: CloudFormation User Guide, "Understand CloudFormation quotas".
pub(crate) const INLINE_BYTES: usize = 51_200;

/// Bytes of a template in a bucket: 1 MB. Source: as above.
pub(crate) const TEMPLATE_BYTES: usize = 1_000_000;

/// Bytes of a template's description. Source: as above.
pub(crate) const DESCRIPTION_BYTES: usize = 1024;

/// Bytes of the policy of a function or alias.
///
/// Source: Lambda Developer Guide, "Lambda quotas": function resource-based policy, 20 KB.
pub(crate) const FUNCTION_POLICY_BYTES: usize = 20_480;

/// Characters of the description of a function.
///
/// Source: Lambda API Reference, "UpdateFunctionConfiguration": `Description`.
pub(crate) const FUNCTION_DESCRIPTION: usize = 256;
