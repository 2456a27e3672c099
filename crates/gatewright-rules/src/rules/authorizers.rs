//! Rules about `authorizers`, and about who may call which route.

use crate::Rule;

mod api_key_only_protection;
mod authorization_without_authorizer;
mod authorizer_cache_out_of_range;
mod authorizer_cache_without_identity;
mod authorizer_without_authorization;
mod authorizer_without_function;
mod cognito_without_scopes;
mod excessive_authorizer_timeout;
mod jwt_without_scopes;
mod malformed_identity_pattern;
mod malformed_identity_source;
mod malformed_jwt_issuer;
mod malformed_rest_identity;
mod mismatched_authorization_type;
mod missing_jwt_audience;
mod missing_jwt_issuer;
mod missing_user_pool;
mod protection;
mod scopes;
mod scopes_without_cognito;
mod scopes_without_jwt;
mod shadowed_route_protection;
mod shared_authorizer_cache;
mod simple_response_with_payload_1;
mod stated;
mod unauthenticated_mutation;
mod unauthenticated_route;
mod unprotected_fallback;
mod unsupported_authorizer_payload;
mod unused_authorizer;

pub(super) const RULES: &[&Rule] = &[
    &unused_authorizer::RULE,
    &scopes_without_jwt::RULE,
    &malformed_jwt_issuer::RULE,
    &missing_jwt_audience::RULE,
    &malformed_identity_source::RULE,
    &authorizer_cache_without_identity::RULE,
    &authorizer_cache_out_of_range::RULE,
    &shared_authorizer_cache::RULE,
    &simple_response_with_payload_1::RULE,
    &unsupported_authorizer_payload::RULE,
    &excessive_authorizer_timeout::RULE,
    &unauthenticated_mutation::RULE,
    &shadowed_route_protection::RULE,
    &unprotected_fallback::RULE,
    &missing_user_pool::RULE,
    &malformed_rest_identity::RULE,
    &malformed_identity_pattern::RULE,
    &cognito_without_scopes::RULE,
    &scopes_without_cognito::RULE,
    &api_key_only_protection::RULE,
    &authorization_without_authorizer::RULE,
    &authorizer_without_authorization::RULE,
    &mismatched_authorization_type::RULE,
    &authorizer_without_function::RULE,
    &missing_jwt_issuer::RULE,
    &jwt_without_scopes::RULE,
    &unauthenticated_route::RULE,
];
