//! Rules about `stages`.

use crate::Rule;

mod alarm_share_out_of_range;
mod canary_share_out_of_range;
mod count_alarm_with_share;
mod data_trace_enabled;
mod incomplete_throttle;
mod log_format_without_request_id;
pub(super) mod log_variables;
mod malformed_alarm_period;
mod malformed_rest_log_destination;
mod malformed_stage_name;
mod malformed_stage_variable;
mod misspelt_canary_variable;
mod multi_line_log_format;
mod negative_throttle;
mod overlong_log_format;
mod secret_in_stage_variable;
pub(super) mod secrets;
mod throttle_above_quota;
mod unsupported_log_destination;
mod unsupported_log_variable;
pub(super) mod written;
mod zero_throttle;

pub(super) const RULES: &[&Rule] = &[
    &malformed_stage_name::RULE,
    &malformed_stage_variable::RULE,
    &secret_in_stage_variable::RULE,
    &negative_throttle::RULE,
    &zero_throttle::RULE,
    &incomplete_throttle::RULE,
    &throttle_above_quota::RULE,
    &log_format_without_request_id::RULE,
    &multi_line_log_format::RULE,
    &unsupported_log_variable::RULE,
    &overlong_log_format::RULE,
    &unsupported_log_destination::RULE,
    &malformed_alarm_period::RULE,
    &alarm_share_out_of_range::RULE,
    &count_alarm_with_share::RULE,
    &canary_share_out_of_range::RULE,
    &misspelt_canary_variable::RULE,
    &data_trace_enabled::RULE,
    &malformed_rest_log_destination::RULE,
];
