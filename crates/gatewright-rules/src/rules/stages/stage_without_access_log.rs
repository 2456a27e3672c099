use gatewright_ir::{ApiKind, Stage, StageId};
use gatewright_source::{Safety, Severity, Written};

use super::posture::{add, advise, is_decided, provide};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-without-access-log",
    page: include_str!("stage_without_access_log.md"),
    severity: Severity::Warning,
    category: Category::Observability,
    preset: Preset::Strict,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::ALL,
    formats: Formats::DEPLOYMENTS,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    if !is_decided(cx.ir, stage) || stage.access_log.is_some() {
        return;
    }
    let (property, key) = match cx.ir.api.kind {
        ApiKind::Rest => ("AccessLogSetting", "restApi"),
        ApiKind::Http => ("AccessLogSettings", "httpApi"),
        ApiKind::WebSocket => ("AccessLogSettings", "websocket"),
    };
    let finding =
        out.report(stage.name.span, format!("requests to the stage `{}` leave no trace", stage.name.value));
    advise(finding, stage, "accessLog: json")
        .help_in(
            Formats::TEMPLATES,
            format!("set `{property}`: the ARN of a log group, and a line of JSON as its format"),
        )
        .help_in(Formats::SERVERLESS, format!("write `logs: {{ {key}: true }}` under `provider`"))
        .fix_in(Formats::GATEWRIGHT, || add(stage, "accessLog", Written::text("json")))
        .fix_in(Formats::SERVERLESS, || provide(cx.ir, &["logs", key], Written::flag(true)));
}
