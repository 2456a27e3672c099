//! Rules about the bodies that integrations make: `request`, mocks, media types.

use crate::Rule;

mod binary_mock_request;
mod form_without_content_type;
mod json_as_binary;
mod malformed_binary_media_type;
mod malformed_media_type;
mod media_type;
mod mock_without_status_code;
mod template_on_proxy;
mod unclosed_template_directive;
mod written;

pub(super) const RULES: &[&Rule] = &[
    &mock_without_status_code::RULE,
    &template_on_proxy::RULE,
    &malformed_media_type::RULE,
    &unclosed_template_directive::RULE,
    &malformed_binary_media_type::RULE,
    &form_without_content_type::RULE,
    &json_as_binary::RULE,
    &binary_mock_request::RULE,
];
