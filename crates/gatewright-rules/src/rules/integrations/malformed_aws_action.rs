use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::action::action;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-aws-action",
    page: include_str!("malformed_aws_action.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Action { action: it, .. } = &integration.backend else { return };
    let Some(text) = it.value.as_str() else { return };
    // What stage variables make of it is only known in a stage.
    if text.contains("stageVariables.") {
        return;
    }
    if let Err((wrong, help)) = action(text) {
        out.report(it.span, format!("`{}` {wrong}", shown(text))).help(help);
    }
}
