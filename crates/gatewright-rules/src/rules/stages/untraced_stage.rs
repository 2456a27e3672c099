use gatewright_ir::{Stage, StageId};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::posture::{add, add_property, advise, is_decided, provide};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "untraced-stage",
    page: include_str!("untraced_stage.md"),
    severity: Severity::Warning,
    category: Category::Observability,
    preset: Preset::Strict,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::REST,
    formats: Formats::DEPLOYMENTS,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, id: StageId, stage: &Stage, out: &mut Findings) {
    let said = stage.tracing.as_ref();
    if !is_decided(cx.ir, stage) || said.is_some_and(|it| it.value.known() != Some(&false)) {
        return;
    }
    let span = said.map_or(stage.name.span, |it| it.span);
    let message = format!("X-Ray sees no request to the stage `{}`", stage.name.value);
    let finding = advise(out.report(span, message), stage, "tracing: true")
        .help_in(Formats::TEMPLATES, "set `TracingEnabled: true`")
        .help_in(Formats::SERVERLESS, "write `tracing: { apiGateway: true }` under `provider`");
    if said.is_some() {
        let edit = Edit::Set { at: span, value: Written::flag(true) };
        finding.fix(Fix::needs_a_look("turn tracing on", [edit]));
        return;
    }
    finding
        .fix_in(Formats::GATEWRIGHT, || add(stage, "tracing", Written::flag(true)))
        .fix_in(Formats::TEMPLATES, || add_property(cx, id, "TracingEnabled", Written::flag(true)))
        .fix_in(Formats::SERVERLESS, || provide(cx.ir, &["tracing", "apiGateway"], Written::flag(true)));
}
