//! Rules about definitions in OpenAPI: documents by themselves, and those in templates.

use crate::Rule;

mod authorizer_without_authtype;
pub(super) mod definition;
mod extension_without_effect;
mod extensions;
mod function_called_without_post;
mod ignored_root_security;
pub(super) mod reference;
mod undeclared_path_variable;
mod undefined_security_scheme;
mod unenforced_security_scheme;
mod unknown_extension;
mod unknown_integration_type;
mod unknown_request_validator;

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
];
