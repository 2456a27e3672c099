use gatewright_ir::{
    Alarm, AlarmTest, AuthorizerKind, Callee, Function, FunctionId, Ir, Metric, Origin, Qualifier, Stage,
    StageId,
};
use gatewright_source::Severity;

use super::posture::is_decided;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cold-start-behind-latency-alarm",
    page: include_str!("cold_start_behind_latency_alarm.md"),
    severity: Severity::Warning,
    category: Category::Performance,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::DEPLOYMENTS,
    check: Check::Stage(check),
};

/// Statistics of the slowest requests: what one call in ten or more rarely does shows in them.
const OF_THE_SLOWEST: [&str; 3] = ["p90", "p95", "p99"];

/// A function that starts takes this long, in milliseconds: an alarm that allows as much bears it.
///
/// Source: AWS Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle": from under 100 ms to
/// over 1 second.
const START: u64 = 1_000;

fn check(cx: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    if !is_decided(cx.ir, stage) {
        return;
    }
    for alarm in &stage.alarms {
        let AlarmTest::Slower(statistic, limit) = alarm.test else { continue };
        if !OF_THE_SLOWEST.contains(&statistic) || limit.milliseconds >= START {
            continue;
        }
        let mut cold = cold(cx.ir, alarm);
        cold.dedup();
        let Some((first, more)) = cold.split_first() else { continue };
        let name = |id: &FunctionId| &cx.ir.functions[*id].name;
        let more = match more.len() {
            0 => String::new(),
            1 => " and one more function".to_owned(),
            more => format!(" and {more} more functions"),
        };
        let message = format!(
            "the alarm on `{}` ({statistic} above {limit}) also counts the starts of `{}`{more}",
            alarm.metric.key(),
            name(first).value
        );
        out.report(alarm.span, message)
            .label(name(first).span, "starts when it is called, if no instance is free")
            .help("keep it ready: `aliases: { live: { provisionedConcurrency: 1 } }`, and call that alias; or allow more")
            .help_in(
                Formats::TEMPLATES.and(Formats::SERVERLESS),
                "keep it ready with provisioned concurrency or SnapStart, or allow more",
            );
    }
}

/// The functions that this stack creates, of which nothing is kept ready, and for whose start a caller waits, in order.
fn cold(ir: &Ir, alarm: &Alarm) -> Vec<FunctionId> {
    let mut out = Vec::new();
    for route in ir.routes.values() {
        let integration = route.target.integration();
        let backend = integration.and_then(|it| ir.integrations[it].callee());
        // What an authorizer takes is no part of what the backend takes.
        let authorizer = match route.authorization {
            gatewright_ir::Authorization::Authorizer(id) if alarm.metric == Metric::Latency => {
                match &ir.authorizers[id].kind {
                    AuthorizerKind::Lambda { callee, .. } => Some(callee),
                    _ => None,
                }
            }
            _ => None,
        };
        out.extend([backend, authorizer].into_iter().flatten().filter_map(|it| cold_callee(ir, it)));
    }
    out.sort();
    out
}

fn cold_callee(ir: &Ir, callee: &Callee) -> Option<FunctionId> {
    let Callee::Function { function: id, qualifier, .. } = callee else { return None };
    let function = &ir.functions[*id];
    let Origin::Created(created) = &function.origin else { return None };
    (created.kept_ready.is_none() && !is_ready(function, qualifier.as_ref())).then_some(*id)
}

/// Whether what is called is kept ready, or may be.
fn is_ready(function: &Function, qualifier: Option<&Qualifier>) -> bool {
    match qualifier {
        None => false,
        Some(Qualifier::StageVariable(_)) => true,
        Some(Qualifier::Alias(name)) => match function.aliases.iter().find(|it| it.name.value == *name) {
            Some(alias) => {
                alias.provisioned_concurrency.as_ref().is_some_and(|it| it.value.known() != Some(&0))
            }
            None => true,
        },
    }
}
