use gatewright_ir::Metric;
use gatewright_source::Severity;

use crate::rules::stages::written::alarms;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "alarm-without-metric",
    page: include_str!("alarm_without_metric.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for alarm in alarms(cx.ir).into_iter().filter(|it| it.metric == Metric::Latency) {
        out.report(alarm.span, "nobody measures the latency of a WebSocket API")
            .help(format!("watch the backend in its place: `{}`", Metric::IntegrationLatency.key()));
    }
}
