use gatewright_ir::{Integration, IntegrationId};
use gatewright_source::Severity;

use super::pattern::{fault, written};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-response-pattern",
    page: include_str!("malformed_response_pattern.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    for it in written(integration).iter().filter(|it| !it.is_default()) {
        if let Some(wrong) = fault(&it.pattern.value) {
            out.report(it.pattern.span, format!("the pattern `{}` {wrong}", shown(&it.pattern.value)))
                .help("write a regular expression, with `\\` before what is meant as it stands");
        }
    }
}
