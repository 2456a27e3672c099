//! Rules about `endpoint`, and how the API answers on the wire.

use crate::Rule;

mod compression_out_of_range;
mod edge_optimized_api;
mod ipv4_on_private_api;
mod multiple_endpoint_types;
pub(in crate::rules) mod tls;
mod tls_policy_without_access_mode;
mod uncompressed_responses;
mod unsupported_tls_policy;
mod vpc_endpoints_on_public_api;
mod weak_tls_policy;

pub(super) const RULES: &[&Rule] = &[
    &vpc_endpoints_on_public_api::RULE,
    &ipv4_on_private_api::RULE,
    &unsupported_tls_policy::RULE,
    &tls_policy_without_access_mode::RULE,
    &compression_out_of_range::RULE,
    &multiple_endpoint_types::RULE,
    &weak_tls_policy::RULE,
    &edge_optimized_api::RULE,
    &uncompressed_responses::RULE,
];
