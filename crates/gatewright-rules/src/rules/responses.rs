//! Rules about `responses`: what callers get for the backend's answers.

use crate::Rule;

mod backend_errors_as_success;
mod duplicate_default_response;
mod duplicate_response_status;
mod malformed_response_pattern;
mod malformed_response_status;
mod missing_default_response;
mod pattern;
mod remapped_response_header;
mod response_pattern_without_match;
mod status_pattern_on_function;
mod undeclared_method_response;

pub(super) const RULES: &[&Rule] = &[
    &malformed_response_status::RULE,
    &malformed_response_pattern::RULE,
    &response_pattern_without_match::RULE,
    &status_pattern_on_function::RULE,
    &missing_default_response::RULE,
    &duplicate_default_response::RULE,
    &duplicate_response_status::RULE,
    &remapped_response_header::RULE,
    &undeclared_method_response::RULE,
    &backend_errors_as_success::RULE,
];
