//! Rules about `cors`.

use crate::Rule;

pub(super) mod browsers;
mod gateway_errors_without_cors;
mod header_not_allowed;
mod malformed_cors_header;
mod malformed_cors_method;
mod malformed_cors_origin;
mod max_age_out_of_range;
mod method_not_allowed;
mod missing;
mod path_without_preflight;
mod preflight_requires_authorization;
mod preflight_route_beside_cors;
mod several_allowed_origins;
mod wildcard_ignored_with_credentials;
mod wildcard_with_credentials;
mod without_origins;

pub(super) const RULES: &[&Rule] = &[
    &missing::RULE,
    &without_origins::RULE,
    &malformed_cors_origin::RULE,
    &malformed_cors_method::RULE,
    &malformed_cors_header::RULE,
    &wildcard_with_credentials::RULE,
    &wildcard_ignored_with_credentials::RULE,
    &max_age_out_of_range::RULE,
    &preflight_requires_authorization::RULE,
    &method_not_allowed::RULE,
    &header_not_allowed::RULE,
    &gateway_errors_without_cors::RULE,
    &path_without_preflight::RULE,
    &several_allowed_origins::RULE,
    &preflight_route_beside_cors::RULE,
];
