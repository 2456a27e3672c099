use gatewright_source::Severity;

use super::written::alarms;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule, limits};

pub(super) static RULE: Rule = Rule {
    name: "malformed-alarm-period",
    page: include_str!("malformed_alarm_period.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    const PERIOD: u64 = limits::ALARM_PERIOD_SECONDS * 1000;
    const MOST: u64 = limits::ALARM_RANGE_SECONDS * 1000;
    for alarm in alarms(cx.ir) {
        let (period, metric) = (alarm.period, alarm.metric.key());
        let (message, help) = match period.milliseconds {
            0 => (format!("the alarm on `{metric}` looks at no time at all"), "write at least `for: 1m`"),
            it if !it.is_multiple_of(PERIOD) => (
                format!("the alarm on `{metric}` looks at {period}, which is not whole minutes"),
                "write `for: 5m`",
            ),
            it if it > MOST => (
                format!("the alarm on `{metric}` looks at {period}, which is more than a day"),
                "write at most `for: 1d`",
            ),
            _ => continue,
        };
        out.report(alarm.span, message).help(help);
    }
}
