//! Rules about the traps of CloudFormation itself.

use crate::Rule;

mod body_beside_resources;
mod deployment_without_dependency;
mod duplicate_resource;
mod exceeded_template_quota;
mod hard_coded_arn;
mod ignored_identity_pattern;
mod literal_stage_name;
mod log_group_arn_with_wildcard;
mod malformed_invocation_uri;
mod malformed_route_target;
mod malformed_web_acl_target;
mod mismatched_permission;
mod mismatched_permission_principal;
mod missing_permission;
mod overbroad_permission_action;
mod overflowing_function_policy;
mod part_of_other_api;
mod permission_for_latest;
mod permissions;
pub(super) mod property;
mod public_function_permission;
mod repeated_integration;
mod stage_without_deployment;
pub(crate) mod template;
mod unavailable_property;
mod unchanging_deployment;
mod unrestricted_permission;
mod unused_deployment;
mod vpc_link_to_wrong_load_balancer;
mod web_acl_on_http_api;
mod web_acls;

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
    &part_of_other_api::RULE,
    &malformed_route_target::RULE,
    &duplicate_resource::RULE,
    &malformed_web_acl_target::RULE,
    &mismatched_permission_principal::RULE,
    &overbroad_permission_action::RULE,
    &permission_for_latest::RULE,
    &public_function_permission::RULE,
    &unavailable_property::RULE,
    &web_acl_on_http_api::RULE,
    &hard_coded_arn::RULE,
    &vpc_link_to_wrong_load_balancer::RULE,
    &repeated_integration::RULE,
    &exceeded_template_quota::RULE,
    &malformed_invocation_uri::RULE,
    &ignored_identity_pattern::RULE,
];
