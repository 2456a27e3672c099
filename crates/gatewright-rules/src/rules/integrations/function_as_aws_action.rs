use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::action::action;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "function-as-aws-action",
    page: include_str!("function_as_aws_action.md"),
    severity: Severity::Warning,
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
    if action(text).is_ok_and(|it| it.service == "lambda") {
        out.report(it.span, format!("`{}` calls Lambda as if it were any service", shown(text)))
            .help("name the function: `lambda: FUNCTION`, with `proxy: false` for mapping templates");
    }
}
