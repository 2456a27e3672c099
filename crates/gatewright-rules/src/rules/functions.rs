//! Rules about `functions`.

use crate::Rule;

mod function_timeout_exceeds_integration;
mod function_timeout_out_of_range;
mod provisioned_concurrency_on_latest;
mod unsupported_log_retention;
mod unsupported_memory;
mod unused_function;

pub(super) const RULES: &[&Rule] = &[
    &unused_function::RULE,
    &function_timeout_exceeds_integration::RULE,
    &function_timeout_out_of_range::RULE,
    &unsupported_memory::RULE,
    &provisioned_concurrency_on_latest::RULE,
    &unsupported_log_retention::RULE,
];
