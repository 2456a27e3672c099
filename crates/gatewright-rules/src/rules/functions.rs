//! Rules about `functions`.

use crate::Rule;

mod deprecated_runtime;
mod function_timeout_exceeds_integration;
mod function_timeout_out_of_range;
mod function_without_concurrency;
mod handler_without_function;
mod malformed_environment_variable;
mod provisioned_concurrency_on_latest;
mod reserved_below_provisioned_concurrency;
mod runtimes;
mod secret_in_environment_variable;
mod unknown_runtime;
mod unsupported_ephemeral_storage;
mod unsupported_log_retention;
mod unsupported_memory;
mod unused_function;

pub(super) const RULES: &[&Rule] = &[
    &unused_function::RULE,
    &unknown_runtime::RULE,
    &deprecated_runtime::RULE,
    &handler_without_function::RULE,
    &function_timeout_exceeds_integration::RULE,
    &function_timeout_out_of_range::RULE,
    &unsupported_memory::RULE,
    &unsupported_ephemeral_storage::RULE,
    &malformed_environment_variable::RULE,
    &provisioned_concurrency_on_latest::RULE,
    &reserved_below_provisioned_concurrency::RULE,
    &unsupported_log_retention::RULE,
    &secret_in_environment_variable::RULE,
    &function_without_concurrency::RULE,
];
