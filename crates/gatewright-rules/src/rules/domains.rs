//! Rules about `domains`.

use crate::Rule;

mod bypassable_domain;
mod certificate_outside_us_east_1;
mod default_endpoint_open;
mod domain_without_mapping;
mod duplicate_mapping_key;
mod existing_domain_with_settings;
mod malformed_certificate_arn;
mod malformed_domain_name;
mod malformed_mapping_key;
mod malformed_truststore;
mod mismatched_domain_certificate;
mod mismatched_domain_endpoint;
mod mismatched_domain_record;
mod mixed_domain;
mod private_domain_without_policy;
mod slash_in_base_path;
mod uncovered_domain;
mod unreachable_api;
mod unsupported_edge_domain;
mod unsupported_multi_level_mapping;
mod unsupported_mutual_tls;
mod unsupported_private_domain;
mod written;

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
    &certificate_outside_us_east_1::RULE,
    &unsupported_multi_level_mapping::RULE,
    &private_domain_without_policy::RULE,
    &mismatched_domain_endpoint::RULE,
    &unsupported_private_domain::RULE,
    &unsupported_mutual_tls::RULE,
    &mismatched_domain_certificate::RULE,
    &mismatched_domain_record::RULE,
    &mixed_domain::RULE,
    &slash_in_base_path::RULE,
    &uncovered_domain::RULE,
    &unsupported_edge_domain::RULE,
    &bypassable_domain::RULE,
];
