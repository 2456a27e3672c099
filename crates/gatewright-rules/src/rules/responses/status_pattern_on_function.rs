use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::pattern::{is_for_status, written};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "status-pattern-on-function",
    page: include_str!("status_pattern_on_function.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    if !matches!(integration.backend, Backend::Lambda { .. }) {
        return;
    }
    for it in written(integration) {
        let text = &*it.pattern.value;
        if is_for_status(text) {
            let message =
                format!("`{}` is compared with the function's error, which is no status", shown(text));
            out.report(it.pattern.span, message).help(
                "match the message of the error, such as `.*not found.*`, or let the function be a proxy",
            );
        }
    }
}
