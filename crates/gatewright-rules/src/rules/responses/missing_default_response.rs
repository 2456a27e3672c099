use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::pattern::written;
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-default-response",
    page: include_str!("missing_default_response.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    kinds: Kinds::REST,
    check: Check::Integration(check),
};

/// Patterns that match every status.
const ALL: [&str; 7] = [".*", ".+", "\\d+", "\\d*", "\\d{3}", "\\d\\d\\d", "..."];

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    if integration.transformation.as_ref().is_some_and(|it| it.responses_unknown) {
        return;
    }
    let responses = written(integration);
    let Some(first) = responses.first() else { return };
    // A function that succeeds has no error that a pattern could match.
    let is_function = matches!(integration.backend, Backend::Lambda { .. });
    let is_for_rest = |it: &str| !is_function && (ALL.contains(&it) || it.starts_with("(\\n|.)"));
    if responses
        .iter()
        .any(|it| it.is_default() || it.pattern.value.is_empty() || is_for_rest(&it.pattern.value))
    {
        return;
    }
    let message = format!("`{}` has no response for what no pattern matches", integration.name.value);
    out.report(first.pattern.span, message).help(if is_function {
        "add `default: 200`: a function that succeeds has no error, which no pattern matches"
    } else {
        "add `default: 200`: whatever matches no pattern becomes 500"
    });
}
