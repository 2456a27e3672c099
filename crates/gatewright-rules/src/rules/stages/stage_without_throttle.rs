use gatewright_ir::{ApiKind, EndpointType, Format, RouteSettings, Stage, StageId};
use gatewright_source::Severity;

use super::posture::{advise, is_decided, lacks};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-without-throttle",
    page: include_str!("stage_without_throttle.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::DEPLOYMENTS,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, id: StageId, stage: &Stage, out: &mut Findings) {
    let ir = cx.ir;
    let is_on = |it: &RouteSettings| Some(it.throttle.rate.is_some() || it.throttle.burst.is_some());
    // The framework leaves those of REST APIs to plug-ins.
    let is_possible = ir.provenance.format != Format::Serverless || ir.api.kind != ApiKind::Rest;
    let is_private = ir.api.endpoint.kind == EndpointType::Private;
    if !is_possible || is_private || !is_decided(ir, stage) || !lacks(ir, id, stage, is_on) {
        return;
    }
    let message = format!(
        "callers of the stage `{}` may use up all {} requests a second of the account",
        stage.name.value, cx.settings.quotas.rate
    );
    let in_template = match ir.api.kind {
        ApiKind::Rest => "`MethodSettings`, for `ResourcePath: /*` and `HttpMethod: \"*\"`",
        _ => "`DefaultRouteSettings`",
    };
    let limits = "`ThrottlingRateLimit` and `ThrottlingBurstLimit`";
    advise(out.report(stage.name.span, message), stage, "throttle: { rate: 100, burst: 200 }")
        .help_in(Formats::TEMPLATES, format!("set {limits} in {in_template}"))
        .help_in(
            Formats::SERVERLESS,
            format!("extend the stage under `resources`: {limits} in {in_template}"),
        );
}
