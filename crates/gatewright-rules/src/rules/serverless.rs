//! Rules about the traps of the Serverless Framework: what a `serverless.yml` says, and what the framework makes of it.

use crate::Rule;

mod api_key_outside_usage_plans;
mod async_proxy;
pub(super) mod document;
mod ignored_proxy_mapping;
mod missing_root_resource_id;
mod permission_without_source;
mod setting_of_external_api;
mod unpermitted_own_authorizer;
mod unsupported_event_key;

pub(super) const RULES: &[&Rule] = &[
    &unsupported_event_key::RULE,
    &ignored_proxy_mapping::RULE,
    &async_proxy::RULE,
    &missing_root_resource_id::RULE,
    &setting_of_external_api::RULE,
    &api_key_outside_usage_plans::RULE,
    &unpermitted_own_authorizer::RULE,
    &permission_without_source::RULE,
];
