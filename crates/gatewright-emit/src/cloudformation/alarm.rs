//! `AWS::CloudWatch::Alarm`

use gatewright_ir::{Alarm, AlarmTest, Generated, Metric, StageId, Threshold};
use serde_json::Value;

use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::reference;
use crate::list::list;
use crate::object::{Object, number, tag_list, tags};

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for id in &cx.stages {
        for alarm in &cx.ir.stages[*id].alarms {
            let properties = properties(cx, *id, alarm);
            template.add(
                &cx.id(Generated::StageAlarm(*id, alarm.metric)),
                "AWS::CloudWatch::Alarm",
                properties,
            );
        }
    }
}

/// The name of a metric of HTTP APIs.
///
/// Source: API Gateway Developer Guide, "Monitor HTTP API metrics".
fn metric_name(it: Metric) -> &'static str {
    match it {
        Metric::ClientErrors => "4xx",
        Metric::ServerErrors => "5xx",
        Metric::Latency => "Latency",
        Metric::IntegrationLatency => "IntegrationLatency",
        Metric::Count => "Count",
    }
}

fn properties(cx: &Bindings<'_>, id: StageId, alarm: &Alarm) -> Object {
    let stage = &cx.ir.stages[id];
    let dimension = |name: &str, value: Value| Object::new().set("Name", name).set("Value", value);
    let dimensions = vec![
        dimension("ApiId", reference(&cx.id(Generated::Api))),
        dimension("Stage", reference(&cx.id(Generated::Stage(id)))),
    ];
    // Each request counts as 0 or 1 for the error metrics: the average is the share.
    let (statistic, threshold, below) = match alarm.test {
        AlarmTest::Above(Threshold::Share(it)) => ("Average", it, false),
        AlarmTest::Above(Threshold::Number(it)) => ("Sum", it, false),
        AlarmTest::Below(Threshold::Share(it)) => ("Average", it, true),
        AlarmTest::Below(Threshold::Number(it)) => ("Sum", it, true),
        AlarmTest::Slower(statistic, it) => (statistic, it.milliseconds as f64, false),
    };
    let percentile = statistic.starts_with('p');
    Object::new()
        .set("AlarmDescription", description(cx, id, alarm))
        .set("Namespace", "AWS/ApiGateway")
        .set("MetricName", metric_name(alarm.metric))
        .set("Dimensions", dimensions)
        .set(if percentile { "ExtendedStatistic" } else { "Statistic" }, statistic)
        .set("Period", 60)
        .set("EvaluationPeriods", minutes(alarm))
        .set("Threshold", number(threshold))
        .set("ComparisonOperator", if below { "LessThanThreshold" } else { "GreaterThanThreshold" })
        // No requests, no data: that is what an alarm on too few of them is about.
        .set("TreatMissingData", if below { "breaching" } else { "notBreaching" })
        .list("AlarmActions", list(cx.ir, &alarm.notify))
        .list("Tags", tag_list(tags(&cx.ir.api.tags, &stage.tags)))
}

fn minutes(alarm: &Alarm) -> u64 {
    alarm.period.as_seconds().div_ceil(60).max(1)
}

/// What has happened and where to look, for a person who has just been woken up.
fn description(cx: &Bindings<'_>, id: StageId, alarm: &Alarm) -> String {
    let what = match alarm.metric {
        Metric::ClientErrors => "requests are answered with a 4xx status",
        Metric::ServerErrors => "requests are answered with a 5xx status",
        Metric::Latency => "requests take",
        Metric::IntegrationLatency => "calls of the backend take",
        Metric::Count => "requests come",
    };
    let said = match alarm.test {
        AlarmTest::Above(Threshold::Share(it)) => format!("more than {} % of {what}", percent(it)),
        AlarmTest::Above(Threshold::Number(it)) => format!("more than {it} {what} a minute"),
        AlarmTest::Below(Threshold::Share(it)) => format!("fewer than {} % of {what}", percent(it)),
        AlarmTest::Below(Threshold::Number(it)) => format!("fewer than {it} {what} a minute"),
        AlarmTest::Slower("Average", it) => format!("{what} more than {it} on average"),
        AlarmTest::Slower(statistic, it) => {
            let share = statistic.strip_prefix('p').and_then(|it| it.parse::<u64>().ok()).unwrap_or(99);
            format!("{} % of {what} more than {it}", 100 - share.min(100))
        }
    };
    let hint = match alarm.metric {
        Metric::ClientErrors => {
            "Callers are refused or call what is not there: look at status and authorizerError in the access log"
        }
        Metric::ServerErrors => {
            "A backend fails or is not reached: look at integrationStatus and integrationError in the access log, then at the backend's log"
        }
        Metric::Latency => {
            "Compare latency with integrationLatency in the access log: the difference is the API's own"
        }
        Metric::IntegrationLatency => {
            "A backend is slow: look at its log, its timeouts and what it waits for"
        }
        Metric::Count => "Look at who calls: ip, userAgent and routeKey in the access log",
    };
    let minutes = match minutes(alarm) {
        1 => "for a minute".to_owned(),
        it => format!("for {it} minutes"),
    };
    format!("API {}, stage {}: {said}, {minutes}. {hint}.", cx.ir.api.name.value, cx.stage_name(id))
}

fn percent(share: f64) -> String {
    // 0.01 * 100 is not quite 1.
    let it = (share * 1e8).round() / 1e6;
    it.to_string()
}
