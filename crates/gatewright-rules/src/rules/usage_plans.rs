//! Rules about `apiKeys` and `usagePlans`.

use crate::Rule;

mod api_key_in_two_plans;
mod api_key_without_plan;
mod duplicate_api_key_value;
mod key_source_without_authorizer;
mod literal_api_key_value;
mod malformed_api_key_value;
mod plan_throttle_above_stage;
mod plan_without_keyed_route;
mod plan_without_keys;
mod plan_without_stages;
mod quota_offset_out_of_range;
mod unused_api_key;
mod values;
mod zero_quota;

pub(super) const RULES: &[&Rule] = &[
    &api_key_without_plan::RULE,
    &plan_without_keyed_route::RULE,
    &plan_without_keys::RULE,
    &plan_without_stages::RULE,
    &unused_api_key::RULE,
    &malformed_api_key_value::RULE,
    &literal_api_key_value::RULE,
    &duplicate_api_key_value::RULE,
    &api_key_in_two_plans::RULE,
    &quota_offset_out_of_range::RULE,
    &zero_quota::RULE,
    &plan_throttle_above_stage::RULE,
    &key_source_without_authorizer::RULE,
];
