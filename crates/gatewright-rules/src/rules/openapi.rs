//! Rules about definitions in OpenAPI: documents by themselves, and those in templates.

use crate::Rule;

mod authorizer_without_authtype;
pub(super) mod definition;
mod extension_without_effect;
mod extensions;
mod function_called_without_post;
mod ignored_root_security;
mod missing_operation_id;
pub(super) mod reference;
mod several_security_requirements;
mod shared_integration_in_rest_api;
mod unavailable_security_scheme;
mod undeclared_path_variable;
mod undefined_security_scheme;
mod undocumented_error_response;
mod unenforced_security_scheme;
mod unknown_extension;
mod unknown_integration_type;
mod unknown_request_validator;
mod unresolved_reference;
mod unstated_payload_format;

pub(super) const RULES: &[&Rule] = &[
    &ignored_root_security::RULE,
    &authorizer_without_authtype::RULE,
    &unknown_extension::RULE,
    &extension_without_effect::RULE,
    &unknown_integration_type::RULE,
    &function_called_without_post::RULE,
    &undeclared_path_variable::RULE,
    &unknown_request_validator::RULE,
    &undefined_security_scheme::RULE,
    &unenforced_security_scheme::RULE,
    &missing_operation_id::RULE,
    &undocumented_error_response::RULE,
    &unresolved_reference::RULE,
    &unstated_payload_format::RULE,
    &shared_integration_in_rest_api::RULE,
    &unavailable_security_scheme::RULE,
    &several_security_requirements::RULE,
];
