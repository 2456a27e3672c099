//! Rules about `models` and `validate`.

use crate::Rule;

mod body_validation_on_get;
mod empty_model;
mod malformed_model_name;
mod malformed_parameter_name;
mod malformed_schema;
pub(super) mod schema;
mod unbounded_model_property;
mod undefined_required_property;
mod unresolved_model_reference;
mod unsupported_schema_keyword;
mod unused_model;
mod unvalidated_request;

pub(super) const RULES: &[&Rule] = &[
    &malformed_model_name::RULE,
    &empty_model::RULE,
    &malformed_schema::RULE,
    &unsupported_schema_keyword::RULE,
    &unresolved_model_reference::RULE,
    &undefined_required_property::RULE,
    &unused_model::RULE,
    &malformed_parameter_name::RULE,
    &body_validation_on_get::RULE,
    &unbounded_model_property::RULE,
    &unvalidated_request::RULE,
];
