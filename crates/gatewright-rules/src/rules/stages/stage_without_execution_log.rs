use gatewright_ir::{ApiKind, LogLevel, Stage, StageId};
use gatewright_source::{Safety, Severity, Written};

use super::posture::{add, advise, is_decided, lacks, provide};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-without-execution-log",
    page: include_str!("stage_without_execution_log.md"),
    severity: Severity::Warning,
    category: Category::Observability,
    preset: Preset::Strict,
    fix: Some(Safety::Unsafe),
    // HTTP APIs have none.
    kinds: Kinds::NOT_HTTP,
    formats: Formats::DEPLOYMENTS,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, id: StageId, stage: &Stage, out: &mut Findings) {
    let is_on = |it: &gatewright_ir::RouteSettings| match it.execution_log {
        None => Some(false),
        Some(log) => log.level.map(|it| it != LogLevel::Off),
    };
    if !is_decided(cx.ir, stage) || !lacks(cx.ir, id, stage, is_on) {
        return;
    }
    let (in_template, key) = match cx.ir.api.kind {
        ApiKind::WebSocket => ("set `LoggingLevel: ERROR` in `DefaultRouteSettings`", "websocket"),
        _ => (
            "set `LoggingLevel: ERROR` in `MethodSettings`, for `ResourcePath: /*` and `HttpMethod: \"*\"`",
            "restApi",
        ),
    };
    let message = format!("nobody sees why a request to the stage `{}` failed", stage.name.value);
    let finding = advise(out.report(stage.name.span, message), stage, "executionLog: error")
        .help_in(Formats::TEMPLATES, in_template)
        .help_in(
            Formats::SERVERLESS,
            format!(
                "write `logs: {{ {key}: {{ level: ERROR, fullExecutionData: false }} }}` under `provider`"
            ),
        );
    match stage.settings.execution_log {
        Some(log) => drop(finding.label(log.span, "turned off here")),
        None => drop(
            finding
                .fix_in(Formats::GATEWRIGHT, || add(stage, "executionLog", Written::text("error")))
                .fix_in(Formats::SERVERLESS, || {
                    let level = Written::text("ERROR");
                    let settings = [("level", level), ("fullExecutionData", Written::flag(false))];
                    let settings = settings.map(|(key, it)| (key.to_owned(), it));
                    // What is there already turns it on, or says more than can be kept.
                    let is_said =
                        super::super::serverless::document::under(cx.ir, &["provider", "logs", key]);
                    match is_said {
                        Some(_) => None,
                        None => provide(cx.ir, &["logs", key], Written::Mapping(settings.into())),
                    }
                }),
        ),
    }
}
