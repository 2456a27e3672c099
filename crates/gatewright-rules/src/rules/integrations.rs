//! Rules about `integrations`.

use crate::Rule;

mod action;
mod cached_stream;
mod compressed_stream;
mod function_arn_for_uri;
mod function_as_aws_action;
mod integration_timeout_above_quota;
mod integration_timeout_out_of_range;
mod malformed_aws_action;
mod malformed_integration_uri;
mod malformed_parameter_mapping;
mod malformed_private_uri;
mod malformed_request_parameter;
mod malformed_rest_mapping;
mod malformed_service_parameter_value;
mod malformed_vpc_link;
mod mapping;
mod missing_action_role;
mod missing_integration_role;
mod missing_service_parameter;
mod path_mapping_without_variable;
mod plain_http_backend;
mod private_integration_without_tls;
mod proxy_to_aws_service;
mod queue_arn_for_url;
mod reserved_header_mapping;
pub(super) mod rest_mapping;
mod secret_in_mapping;
mod stage_variable;
mod stream_without_proxy;
mod superfluous_integration_target;
mod undeclared_request_parameter;
mod undefined_stage_alias;
mod undefined_stage_variable;
mod unfilled_mapping_variable;
mod unfilled_uri_variable;
mod unknown_context_variable;
mod unknown_service_parameter;
mod unknown_service_subtype;
mod unreachable_backend;
mod unrestricted_action_role;
mod unsupported_http_method;
mod unsupported_payload_format;
mod unused_integration;
mod unused_path_variable;
mod unused_vpc_link;
mod uri;
mod vpc_link_without_id;
mod vpc_link_without_target;

pub(super) const RULES: &[&Rule] = &[
    &unused_integration::RULE,
    &unused_vpc_link::RULE,
    &unsupported_payload_format::RULE,
    &unsupported_http_method::RULE,
    &integration_timeout_out_of_range::RULE,
    &integration_timeout_above_quota::RULE,
    &malformed_integration_uri::RULE,
    &malformed_private_uri::RULE,
    &unfilled_uri_variable::RULE,
    &unreachable_backend::RULE,
    &plain_http_backend::RULE,
    &private_integration_without_tls::RULE,
    &reserved_header_mapping::RULE,
    &malformed_parameter_mapping::RULE,
    &unfilled_mapping_variable::RULE,
    &unknown_context_variable::RULE,
    &undefined_stage_variable::RULE,
    &undefined_stage_alias::RULE,
    &unknown_service_subtype::RULE,
    &missing_service_parameter::RULE,
    &unknown_service_parameter::RULE,
    &malformed_service_parameter_value::RULE,
    &queue_arn_for_url::RULE,
    &malformed_rest_mapping::RULE,
    &path_mapping_without_variable::RULE,
    &malformed_aws_action::RULE,
    &function_as_aws_action::RULE,
    &missing_action_role::RULE,
    &unrestricted_action_role::RULE,
    &vpc_link_without_target::RULE,
    &superfluous_integration_target::RULE,
    &stream_without_proxy::RULE,
    &cached_stream::RULE,
    &function_arn_for_uri::RULE,
    &missing_integration_role::RULE,
    &vpc_link_without_id::RULE,
    &malformed_vpc_link::RULE,
    &malformed_request_parameter::RULE,
    &undeclared_request_parameter::RULE,
    &unused_path_variable::RULE,
    &proxy_to_aws_service::RULE,
    &compressed_stream::RULE,
    &secret_in_mapping::RULE,
];
