use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::permissions::PRINCIPAL;
use super::property::literal;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mismatched-permission-principal",
    page: include_str!("mismatched_permission_principal.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for it in template.of_type("AWS::Lambda::Permission") {
        let (Some(arn), Some(source)) = (it.text("SourceArn"), it.get("SourceArn")) else { continue };
        let Some((principal, span)) = it.get("Principal").and_then(literal) else { continue };
        // Everybody is somebody else's business.
        if !arn.contains(":execute-api:") || [PRINCIPAL, "*"].contains(&principal) {
            continue;
        }
        let title = format!("write `{PRINCIPAL}`");
        let edit = Edit::Set { at: span, value: Written::text(PRINCIPAL) };
        out.report(
            span,
            format!("`{}` lets nobody in: it does not call functions for an API", shown(principal)),
        )
        .label(source.span, "calls from an API are let in")
        .help(title.clone())
        .fix(Fix::safe(title, [edit]));
    }
}
