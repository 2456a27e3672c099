//! Rules about resource policies: `policy` of the API and of private domains.

use crate::Rule;

pub(super) mod documents;
mod malformed_policy_caller;
mod malformed_policy_document;
mod open_private_api;
pub(super) mod overlong_policy;
mod policy_for_unknown_stage;
pub(super) mod policy_names_own_api;
mod policy_without_allow;
mod private_api_without_policy;

pub(super) const RULES: &[&Rule] = &[
    &private_api_without_policy::RULE,
    &policy_without_allow::RULE,
    &open_private_api::RULE,
    &policy_names_own_api::RULE,
    &overlong_policy::RULE,
    &malformed_policy_caller::RULE,
    &malformed_policy_document::RULE,
    &policy_for_unknown_stage::RULE,
];
