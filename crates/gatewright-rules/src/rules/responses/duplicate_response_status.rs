use gatewright_ir::{Integration, IntegrationId};
use gatewright_source::Severity;

use super::pattern::written;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-response-status",
    page: include_str!("duplicate_response_status.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let mut seen: Vec<&gatewright_ir::IntegrationResponse> = Vec::new();
    for it in written(integration) {
        let Some(first) = seen.iter().find(|other| other.status.value == it.status.value) else {
            seen.push(it);
            continue;
        };
        // Two defaults are reported by themselves.
        if first.is_default() && it.is_default() {
            continue;
        }
        let (one, two) = (&first.pattern.value, &it.pattern.value);
        let help = if first.is_default() || it.is_default() {
            "leave out the pattern: the default is for all that no other pattern matches".to_owned()
        } else {
            format!("write one response for both: `{}`", shown(&format!("{one}|{two}")))
        };
        out.report(it.status.span, format!("two responses have the status `{}`", it.status.value))
            .label(first.status.span, "the other one")
            .help(help);
    }
}
