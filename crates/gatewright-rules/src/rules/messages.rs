//! Rules about the connections and messages of WebSocket APIs.

use crate::Rule;

mod alarm_without_metric;
mod api_key_off_connect;
mod authorizer_off_connect;
mod case_variant_message_routes;
mod header_off_connect;
mod keys;
mod malformed_message_mapping;
mod malformed_message_route_key;
mod malformed_route_selection;
mod mapping;
mod missing_default_message_route;
mod open_connect;
mod response_after_disconnect;
mod selection;
mod unanswered_message;
mod unavailable_request_part;
mod unreachable_message_route;
mod unselected_model;
mod unselected_template;
mod unsent_response;
mod unsupported_vpc_link;
mod users;
mod validation_of_missing_part;

pub(super) const RULES: &[&Rule] = &[
    &malformed_message_route_key::RULE,
    &case_variant_message_routes::RULE,
    &missing_default_message_route::RULE,
    &malformed_route_selection::RULE,
    &unreachable_message_route::RULE,
    &open_connect::RULE,
    &authorizer_off_connect::RULE,
    &api_key_off_connect::RULE,
    &validation_of_missing_part::RULE,
    &unselected_model::RULE,
    &malformed_message_mapping::RULE,
    &unavailable_request_part::RULE,
    &unselected_template::RULE,
    &unanswered_message::RULE,
    &unsent_response::RULE,
    &header_off_connect::RULE,
    &response_after_disconnect::RULE,
    &unsupported_vpc_link::RULE,
    &alarm_without_metric::RULE,
];
