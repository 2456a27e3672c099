//! Rules about `domains`.

use crate::Rule;

mod default_endpoint_open;
mod domain_without_mapping;
mod duplicate_mapping_key;
mod existing_domain_with_settings;
mod malformed_certificate_arn;
mod malformed_domain_name;
mod malformed_mapping_key;
mod malformed_truststore;
mod unreachable_api;

pub(super) const RULES: &[&Rule] = &[
    &malformed_domain_name::RULE,
    &malformed_certificate_arn::RULE,
    &malformed_truststore::RULE,
    &domain_without_mapping::RULE,
    &malformed_mapping_key::RULE,
    &duplicate_mapping_key::RULE,
    &default_endpoint_open::RULE,
    &unreachable_api::RULE,
    &existing_domain_with_settings::RULE,
];
