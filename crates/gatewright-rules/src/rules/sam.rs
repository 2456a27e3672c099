//! Rules about AWS SAM's own traps.

use crate::Rule;

mod api_id_without_ref;
mod authorizer_without_permission;
mod colliding_websocket_routes;
mod event_without_operation;
mod import_warnings_ignored;
mod one_way_websocket_route;
mod preflight_protected_by_default;
mod shortened_base_path;
pub(super) mod source;
mod stray_stage;
mod unchecked_required_parameter;
mod undefined_authorizer;
mod unquoted_cors_value;
mod unsupported_websocket_name;

pub(super) const RULES: &[&Rule] = &[
    &stray_stage::RULE,
    &preflight_protected_by_default::RULE,
    &unquoted_cors_value::RULE,
    &undefined_authorizer::RULE,
    &authorizer_without_permission::RULE,
    &import_warnings_ignored::RULE,
    &event_without_operation::RULE,
    &api_id_without_ref::RULE,
    &unchecked_required_parameter::RULE,
    &shortened_base_path::RULE,
    &colliding_websocket_routes::RULE,
    &unsupported_websocket_name::RULE,
    &one_way_websocket_route::RULE,
];
