use gatewright_ir::{ApiKind, Format, RouteSettings, Stage, StageId};
use gatewright_source::{Safety, Severity, Written};

use super::posture::{add, advise, is_decided, lacks, provide};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-without-detailed-metrics",
    page: include_str!("stage_without_detailed_metrics.md"),
    severity: Severity::Warning,
    category: Category::Observability,
    preset: Preset::All,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::ALL,
    formats: Formats::DEPLOYMENTS,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, id: StageId, stage: &Stage, out: &mut Findings) {
    let is_on = |it: &RouteSettings| match &it.detailed_metrics {
        None => Some(false),
        Some(it) => it.value.known().copied(),
    };
    let kind = cx.ir.api.kind;
    // The framework has no word for those of WebSocket APIs.
    let is_possible = cx.ir.provenance.format != Format::Serverless || kind != ApiKind::WebSocket;
    if !is_possible || !is_decided(cx.ir, stage) || !lacks(cx.ir, id, stage, is_on) {
        return;
    }
    let (in_template, section) = match kind {
        ApiKind::Rest => (
            "set `MetricsEnabled: true` in `MethodSettings`, for `ResourcePath: /*` and `HttpMethod: \"*\"`",
            "apiGateway",
        ),
        _ => ("set `DetailedMetricsEnabled: true` in `DefaultRouteSettings`", "httpApi"),
    };
    let message = format!("the metrics of the stage `{}` do not tell its routes apart", stage.name.value);
    let finding = advise(out.report(stage.name.span, message), stage, "detailedMetrics: true")
        .help_in(Formats::TEMPLATES, in_template)
        .help_in(Formats::SERVERLESS, format!("write `{section}: {{ metrics: true }}` under `provider`"));
    match &stage.settings.detailed_metrics {
        Some(it) => drop(finding.label(it.span, "turned off here")),
        None => drop(
            finding
                .fix_in(Formats::GATEWRIGHT, || add(stage, "detailedMetrics", Written::flag(true)))
                .fix_in(Formats::SERVERLESS, || provide(cx.ir, &[section, "metrics"], Written::flag(true))),
        ),
    }
}
