//! Rules about the API as a whole and the template around it.

use crate::Rule;

mod arns;
mod circular_reference;
mod exceeded_quota;
mod malformed_arn;
mod missing_routes;
mod needless_rest_api;
mod overlong_name;
mod reference_without_arn;
pub(in crate::rules) mod references;
mod reserved_tag;
mod untagged_api;
mod unused_parameter;

pub(super) const RULES: &[&Rule] = &[
    &missing_routes::RULE,
    &exceeded_quota::RULE,
    &overlong_name::RULE,
    &reserved_tag::RULE,
    &unused_parameter::RULE,
    &circular_reference::RULE,
    &malformed_arn::RULE,
    &reference_without_arn::RULE,
    &untagged_api::RULE,
    &needless_rest_api::RULE,
];
