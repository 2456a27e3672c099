//! Rules about `gatewayResponses`.

use crate::Rule;

mod malformed_gateway_header;
mod malformed_gateway_status;
mod template_in_gateway_response;
mod unknown_gateway_response_type;
mod unreadable_gateway_response;

pub(super) const RULES: &[&Rule] = &[
    &unknown_gateway_response_type::RULE,
    &malformed_gateway_status::RULE,
    &malformed_gateway_header::RULE,
    &template_in_gateway_response::RULE,
    &unreadable_gateway_response::RULE,
];
