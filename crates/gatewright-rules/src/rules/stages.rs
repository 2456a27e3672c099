//! Rules about `stages`.

use crate::Rule;

mod alarm_share_out_of_range;
mod canary_share_out_of_range;
mod cold_start_behind_latency_alarm;
mod count_alarm_with_share;
mod data_trace_enabled;
mod endless_log_retention;
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
pub(super) mod posture;
mod secret_in_stage_variable;
pub(super) mod secrets;
mod stage_without_access_log;
mod stage_without_client_certificate;
mod stage_without_detailed_metrics;
mod stage_without_execution_log;
mod stage_without_throttle;
mod stage_without_web_acl;
mod throttle_above_quota;
mod uncached_reads;
mod undescribed_stage;
mod unstructured_access_log;
mod unsupported_log_destination;
mod unsupported_log_variable;
mod untagged_stage;
mod untraced_stage;
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
    &stage_without_access_log::RULE,
    &unstructured_access_log::RULE,
    &stage_without_execution_log::RULE,
    &untraced_stage::RULE,
    &stage_without_detailed_metrics::RULE,
    &stage_without_throttle::RULE,
    &stage_without_web_acl::RULE,
    &stage_without_client_certificate::RULE,
    &endless_log_retention::RULE,
    &untagged_stage::RULE,
    &undescribed_stage::RULE,
    &uncached_reads::RULE,
    &cold_start_behind_latency_alarm::RULE,
];
