//! What stands around stages: log groups, web ACLs, alarms.

use gatewright_ir::{
    Alarm, AlarmTest, Duration, Generated, Metric, Retention, StageId, Threshold, Value, known,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::domains::Stages;
use super::functions::days;
use super::{Drafts, Resource, resources};
use crate::draft::{Draft, Reading, is_there};
use crate::written::{sole_hole, written};

/// Reads them.
pub(super) fn read(cx: &mut Reading<'_>, drafts: &mut Drafts) {
    let root = cx.root.clone();
    log_groups(cx, drafts);
    let mut stages: FxHashMap<usize, Stages> = FxHashMap::default();
    for it in resources(cx, &root) {
        match it.of {
            "AWS::WAFv2::WebACLAssociation" | "AWS::WAFRegional::WebACLAssociation" => {
                web_acl(cx, drafts, &mut stages, it);
            }
            "AWS::CloudWatch::Alarm" => {
                alarm(cx, drafts, &mut stages, it);
            }
            _ => {}
        }
    }
}

/// Log groups of the template that an access log goes to.
fn log_groups(cx: &Reading<'_>, drafts: &mut Drafts) {
    let mut users: FxHashMap<String, Vec<(usize, StageId)>> = FxHashMap::default();
    for (at, draft) in drafts.list.iter().enumerate() {
        for (id, stage) in draft.ir.stages.iter() {
            let destination = stage.access_log.as_ref().and_then(|it| it.destination.as_ref());
            let Some(Value::Deferred(destination)) = destination.map(|it| &it.value) else { continue };
            if let Some(group) = written(&cx.scope, destination).and_then(|it| log_group(cx, &it)) {
                users.entry(group).or_default().push((at, id));
            }
        }
    }
    for (group, stages) in users {
        let retention = cx.scope.resource(&group).and_then(|it| it.1.get("RetentionInDays"));
        let retention = retention.filter(|it| is_there(it));
        for (at, id) in &stages {
            let draft = &mut drafts.list[*at];
            let days = retention.map(|it| draft.parsed(it, days));
            if stages.len() == 1 {
                draft.called(Generated::StageLogGroup(*id), &group.as_str().into());
            }
            let Some(log) = &mut draft.ir.stages[*id].access_log else { continue };
            log.retention = days.unwrap_or_else(|| {
                known(Retention::Never, log.destination.as_ref().map_or(log.span, |it| it.span))
            });
            if stages.len() == 1 {
                log.destination = None;
            }
        }
    }
}

/// The log group of the template whose ARN a text with holes is: `${Group.Arn}`, or the ARN written out around its name.
fn log_group(cx: &Reading<'_>, text: &str) -> Option<String> {
    let text = text.strip_suffix(":*").unwrap_or(text);
    let name = match sole_hole(text) {
        Some((name, Some("Arn"))) => name,
        Some(_) => return None,
        None => sole_hole(text.split_once(":log-group:")?.1).filter(|it| it.1.is_none())?.0,
    };
    (cx.scope.resource(name)?.0 == "AWS::Logs::LogGroup").then(|| name.to_owned())
}

/// The web ACL of a stage.
fn web_acl(
    cx: &Reading<'_>,
    drafts: &mut Drafts,
    stages: &mut FxHashMap<usize, Stages>,
    it: Resource<'_>,
) -> Option<()> {
    let arn = written(&cx.scope, it.properties.get("ResourceArn")?)?;
    let (api, stage) = arn.split_once("/restapis/")?.1.split_once("/stages/")?;
    let at = *drafts.by_id.get(sole_hole(api)?.0)?;
    let draft = &mut drafts.list[at];
    let stage = stages.entry(at).or_insert_with(|| Stages::of(draft)).by_text(draft, stage)?;
    let acl =
        it.properties.get("WebACLArn").or_else(|| it.properties.get("WebACLId")).filter(|it| is_there(it))?;
    draft.ir.stages[stage].web_acl = Some(draft.text(acl));
    draft.called(Generated::WebAclAssociation(stage), &it.id.value);
    Some(())
}

/// Names of metrics.
///
/// Source: API Gateway Developer Guide, "Monitor HTTP API metrics", "API Gateway dimensions and metrics" and "Monitor
/// WebSocket API execution with CloudWatch metrics".
const METRICS: [(&str, Metric); 10] = [
    ("4xx", Metric::ClientErrors),
    ("4XXError", Metric::ClientErrors),
    ("ClientError", Metric::ClientErrors),
    ("5xx", Metric::ServerErrors),
    ("5XXError", Metric::ServerErrors),
    ("ExecutionError", Metric::ServerErrors),
    ("Latency", Metric::Latency),
    ("IntegrationLatency", Metric::IntegrationLatency),
    ("Count", Metric::Count),
    ("MessageCount", Metric::Count),
];

/// An alarm on one metric of one stage.
fn alarm(
    cx: &Reading<'_>,
    drafts: &mut Drafts,
    stages: &mut FxHashMap<usize, Stages>,
    it: Resource<'_>,
) -> Option<()> {
    let of = it.properties;
    let text = |key: &str| of.get(key).and_then(|it| written(&cx.scope, it));
    if text("Namespace")? != "AWS/ApiGateway" {
        return None;
    }
    let metric = METRICS.iter().find(|of| Some(of.0) == text("MetricName").as_deref())?.1;
    let mut dimensions: FxHashMap<String, String> = FxHashMap::default();
    let Data::List(items) = &of.get("Dimensions")?.data else { return None };
    for it in items {
        let part = |key: &str| it.get(key).and_then(|it| written(&cx.scope, it));
        dimensions.insert(part("Name")?, part("Value")?);
    }
    let stage = dimensions.remove("Stage")?;
    if dimensions.len() != 1 {
        return None;
    }
    let (sort, api) = dimensions.into_iter().next()?;
    let at = match sort.as_str() {
        "ApiId" => *drafts.by_id.get(sole_hole(&api)?.0)?,
        "ApiName" => drafts.list.iter().position(|it| name(it).as_deref() == Some(&api))?,
        _ => return None,
    };
    let draft = &mut drafts.list[at];
    let stage = stages.entry(at).or_insert_with(|| Stages::of(draft)).by_text(draft, &stage)?;
    let test = test(draft, metric, of)?;
    let seconds = draft.integer_of(of, "Period")?.value.known().copied()?;
    let periods = draft.integer_of(of, "EvaluationPeriods")?.value.known().copied()?;
    let alarm = Alarm {
        span: it.id.span,
        metric,
        test,
        period: Duration::seconds(seconds.checked_mul(periods)?),
        notify: draft.texts_of(of, "AlarmActions"),
    };
    draft.ir.stages[stage].alarms.push(alarm);
    draft.called(Generated::StageAlarm(stage, metric), &it.id.value);
    Some(())
}

/// The name of an API, as its dimension has it.
fn name(draft: &Draft) -> Option<String> {
    match draft.ir.provenance.deferred_names.get(&Generated::Api) {
        Some(it) => written(&draft.scope, it),
        None => Some(draft.ir.api.name.value.to_string()),
    }
}

/// When an alarm goes off; nothing if our model has no word for it.
fn test(draft: &mut Draft, metric: Metric, of: &Raw) -> Option<AlarmTest> {
    let threshold = *draft.number_of(of, "Threshold")?.value.known()?;
    let statistic = draft.name_of(of, "Statistic").or_else(|| draft.name_of(of, "ExtendedStatistic"))?.value;
    let is_above = match &*draft.name_of(of, "ComparisonOperator")?.value {
        "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" => true,
        "LessThanThreshold" | "LessThanOrEqualToThreshold" => false,
        _ => return None,
    };
    if matches!(metric, Metric::Latency | Metric::IntegrationLatency) {
        let statistic = ["Average", "p50", "p90", "p95", "p99"].into_iter().find(|it| **it == *statistic)?;
        let is_time = is_above && (0.0..1e12).contains(&threshold);
        return is_time.then(|| AlarmTest::Slower(statistic, Duration::milliseconds(threshold as u64)));
    }
    let threshold = match &*statistic {
        "Average" => Threshold::Share(threshold),
        "Sum" => Threshold::Number(threshold),
        _ => return None,
    };
    Some(if is_above { AlarmTest::Above(threshold) } else { AlarmTest::Below(threshold) })
}
