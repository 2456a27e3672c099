//! Rules about the traps of CloudFormation itself.

use crate::Rule;

mod body_beside_resources;
mod deployment_without_dependency;
mod exceeded_template_quota;
mod hard_coded_arn;
mod ignored_identity_pattern;
mod literal_stage_name;
mod log_group_arn_with_wildcard;
mod malformed_invocation_uri;
mod mismatched_permission;
mod missing_permission;
mod overflowing_function_policy;
mod permissions;
mod repeated_integration;
mod stage_without_deployment;
pub(crate) mod template;
mod unchanging_deployment;
mod unrestricted_permission;
mod unused_deployment;
mod vpc_link_to_wrong_load_balancer;

pub(super) const RULES: &[&Rule] = &[
    &deployment_without_dependency::RULE,
    &unchanging_deployment::RULE,
    &stage_without_deployment::RULE,
    &unused_deployment::RULE,
    &missing_permission::RULE,
    &mismatched_permission::RULE,
    &unrestricted_permission::RULE,
    &overflowing_function_policy::RULE,
    &literal_stage_name::RULE,
    &body_beside_resources::RULE,
    &log_group_arn_with_wildcard::RULE,
    &hard_coded_arn::RULE,
    &vpc_link_to_wrong_load_balancer::RULE,
    &repeated_integration::RULE,
    &exceeded_template_quota::RULE,
    &malformed_invocation_uri::RULE,
    &ignored_identity_pattern::RULE,
];
