use gatewright_ir::{LogFormat, Stage, StageId};
use gatewright_source::Severity;

use super::posture::is_decided;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unstructured-access-log",
    page: include_str!("unstructured_access_log.md"),
    severity: Severity::Warning,
    category: Category::Observability,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::DEPLOYMENTS,
    check: Check::Stage(check),
};

fn check(cx: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    let Some(log) = stage.access_log.as_ref().filter(|_| is_decided(cx.ir, stage)) else { return };
    let span = match &log.format {
        format if format.is_structured() => return,
        LogFormat::Custom(line) => line.span,
        _ => log.span,
    };
    out.report(span, format!("a line of the access log of `{}` is no JSON object", stage.name.value))
        .help("write `format: json`, or a mapping from names to variables")
        .help_in(
            Formats::TEMPLATES.and(Formats::SERVERLESS),
            "write the line as JSON: `{\"requestId\":\"$context.requestId\",\"status\":\"$context.status\"}`",
        );
}
