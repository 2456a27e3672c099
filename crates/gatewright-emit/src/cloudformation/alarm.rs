//! `AWS::CloudWatch::Alarm`

use gatewright_ir::{Alarm, AlarmTest, ApiKind, Generated, Metric, StageId, Threshold};
use serde_json::Value;

use super::template::Template;
use crate::artifact::Note;
use crate::binding::Bindings;
use crate::intrinsic::reference;
use crate::list::list;
use crate::object::{Object, number, tag_list, tags};

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for id in &cx.stages {
        for alarm in &cx.ir.stages[*id].alarms {
            let logical_id = cx.id(Generated::StageAlarm(*id, alarm.metric));
            match properties(cx, *id, alarm) {
                Some(properties) => template.add(&logical_id, "AWS::CloudWatch::Alarm", properties),
                None => template.notes.push(Note::new(format!(
                    "stage `{}`: there is no alarm on `{}`, as WebSocket APIs have no such metric; use \
                     `integrationLatency`",
                    cx.stage_name(*id),
                    alarm.metric.key()
                ))),
            }
        }
    }
}

/// The names of what is counted or measured: where there are several, their sum. WebSocket APIs have no metric for the
/// time until the answer.
///
/// Source: API Gateway Developer Guide, "Monitor HTTP API metrics", "API Gateway dimensions and metrics" and "Monitor
/// WebSocket API execution with CloudWatch metrics".
fn metric_names(kind: ApiKind, it: Metric) -> &'static [&'static str] {
    match (kind, it) {
        (ApiKind::Http, Metric::ClientErrors) => &["4xx"],
        (ApiKind::Http, Metric::ServerErrors) => &["5xx"],
        (ApiKind::Rest, Metric::ClientErrors) => &["4XXError"],
        (ApiKind::Rest, Metric::ServerErrors) => &["5XXError"],
        (ApiKind::WebSocket, Metric::ClientErrors) => &["ClientError"],
        (ApiKind::WebSocket, Metric::ServerErrors) => &["ExecutionError", "IntegrationError"],
        (ApiKind::WebSocket, Metric::Count) => &["MessageCount"],
        (ApiKind::WebSocket, Metric::Latency) => &[],
        (_, Metric::Latency) => &["Latency"],
        (_, Metric::IntegrationLatency) => &["IntegrationLatency"],
        (_, Metric::Count) => &["Count"],
    }
}

/// What the errors of a WebSocket API are a share of.
const CALLS: [&str; 2] = ["ConnectCount", "MessageCount"];

fn properties(cx: &Bindings<'_>, id: StageId, alarm: &Alarm) -> Option<Object> {
    let stage = &cx.ir.stages[id];
    let kind = cx.ir.api.kind;
    // Each request to an HTTP or REST API counts as 0 or 1 for the error metrics: the average is the share.
    let (statistic, threshold, below) = match alarm.test {
        AlarmTest::Above(Threshold::Share(it)) => ("Average", it, false),
        AlarmTest::Above(Threshold::Number(it)) => ("Sum", it, false),
        AlarmTest::Below(Threshold::Share(it)) => ("Average", it, true),
        AlarmTest::Below(Threshold::Number(it)) => ("Sum", it, true),
        AlarmTest::Slower(statistic, it) => (statistic, it.milliseconds as f64, false),
    };
    let is_share =
        matches!(alarm.test, AlarmTest::Above(Threshold::Share(_)) | AlarmTest::Below(Threshold::Share(_)));
    let watched = match metric_names(kind, alarm.metric) {
        [] => return None,
        [name] if kind != ApiKind::WebSocket || !is_share => {
            let percentile = statistic.starts_with('p');
            metric(cx, id, name)
                .set(if percentile { "ExtendedStatistic" } else { "Statistic" }, statistic)
                .set("Period", PERIOD)
        }
        names => Object::new().set("Metrics", sum(cx, id, names, is_share)),
    };
    let mut out = Object::new().set("AlarmDescription", description(cx, id, alarm)).into_map();
    out.extend(watched.into_map());
    let test = Object::new()
        .set("EvaluationPeriods", minutes(alarm))
        .set("Threshold", number(threshold))
        .set("ComparisonOperator", if below { "LessThanThreshold" } else { "GreaterThanThreshold" })
        // No requests, no data: that is what an alarm on too few of them is about.
        .set("TreatMissingData", if below { "breaching" } else { "notBreaching" })
        .list("AlarmActions", list(cx.ir, &alarm.notify))
        .list("Tags", tag_list(tags(&cx.ir.api.tags, &stage.tags)));
    out.extend(test.into_map());
    Some(out.into_iter().collect())
}

/// Seconds for which a metric is counted.
const PERIOD: u64 = 60;

/// A metric of a stage.
fn metric(cx: &Bindings<'_>, id: StageId, name: &str) -> Object {
    let dimension = |name: &str, value: Value| Object::new().set("Name", name).set("Value", value);
    let api = match cx.ir.api.kind {
        ApiKind::Rest => dimension("ApiName", (*cx.ir.api.name.value).into()),
        _ => dimension("ApiId", reference(&cx.id(Generated::Api))),
    };
    let dimensions = vec![api, dimension("Stage", reference(&cx.id(Generated::Stage(id))))];
    Object::new().set("Namespace", "AWS/ApiGateway").set("MetricName", name).set("Dimensions", dimensions)
}

/// The sum of several metrics, or its share of all calls.
fn sum(cx: &Bindings<'_>, id: StageId, names: &[&str], is_share: bool) -> Vec<Object> {
    let calls = if is_share { &CALLS[..] } else { &[] };
    let all = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|it| format!("FILL({}, 0)", metric_id(it))).collect();
        names.join(" + ")
    };
    let expression = match is_share {
        true => format!("({}) / ({})", all(names), all(calls)),
        false => all(names),
    };
    let result = Object::new().set("Id", "result").set("Expression", expression).set("ReturnData", true);
    let read = names.iter().chain(calls).map(|name| {
        let stat = Object::new().set("Metric", metric(cx, id, name)).set("Period", PERIOD).set("Stat", "Sum");
        Object::new().set("Id", metric_id(name)).set("MetricStat", stat).set("ReturnData", false)
    });
    [result].into_iter().chain(read).collect()
}

/// The name of a metric in an expression, which begins with a lower-case letter.
fn metric_id(name: &str) -> String {
    name[..1].to_ascii_lowercase() + &name[1..]
}

fn minutes(alarm: &Alarm) -> u64 {
    alarm.period.as_seconds().div_ceil(60).max(1)
}

/// What has happened and where to look, for a person who has just been woken up.
fn description(cx: &Bindings<'_>, id: StageId, alarm: &Alarm) -> String {
    let websocket = cx.ir.api.kind == ApiKind::WebSocket;
    let what = match alarm.metric {
        Metric::ClientErrors if websocket => "connections and messages are refused",
        Metric::ServerErrors if websocket => "connections and messages fail",
        Metric::Count if websocket => "messages come or go",
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
