use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::pattern::{is_for_status, matches, written};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-default-response",
    page: include_str!("missing_default_response.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
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
    if !is_function && takes_successes_and_refusals(integration) {
        return;
    }
    if is_decided(integration) {
        return;
    }
    let message = format!("`{}` has no response for what no pattern matches", integration.name.value);
    out.report(first.pattern.span, message)
        .help(if is_function {
            "add `default: 200`: a function that succeeds has no error, which no pattern matches"
        } else {
            "add `default: 200`: whatever matches no pattern becomes 500"
        })
        .help_in(
            Formats::TEMPLATES,
            "add a response without `SelectionPattern`, in a definition one called `default`",
        )
        .help_in(Formats::OPENAPI, "add a response `default`")
        .help_in(Formats::SERVERLESS, "give one of the `statusCodes` an empty `pattern`");
}

/// Whether API Gateway answers by itself, with statuses that stand in templates and for which there are patterns.
fn is_decided(it: &Integration) -> bool {
    let (Backend::Mock { .. }, Some(transformation)) = (&it.backend, &it.transformation) else {
        return false;
    };
    let mut statuses = Vec::new();
    for (_, template) in &transformation.request {
        let Some(own) = template.text.as_deref().and_then(statuses_in) else { return false };
        statuses.extend(own);
    }
    let is_taken =
        |status: &&str| written(it).iter().any(|it| matches(&it.pattern.value, status) == Some(true));
    !statuses.is_empty() && statuses.iter().all(is_taken)
}

/// The statuses in the template of a mock, if all are numbers.
fn statuses_in(template: &str) -> Option<Vec<&str>> {
    const KEY: &str = "statusCode";
    let status = |(at, _): (usize, &str)| {
        let rest = template[at + KEY.len()..].trim_start_matches(['"', '\'']).trim_start();
        let rest = rest.strip_prefix(':')?.trim_start();
        let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
        (end > 0).then_some(&rest[..end])
    };
    template.match_indices(KEY).map(status).collect()
}

/// Whether there are patterns for all that succeeds and all that is refused: whoever wrote both means the rest to
/// become 500. Most AWS services succeed with 200 and refuse with 400, and nothing else.
fn takes_successes_and_refusals(it: &Integration) -> bool {
    let is_service = matches!(it.backend, Backend::Action { .. });
    let takes = |class: char| {
        let patterns = written(it).iter().map(|it| &*it.pattern.value).filter(|it| is_for_status(it));
        let mut starts = patterns.flat_map(|it| it.split('|')).map(|it| it.trim_start_matches(['^', '(']));
        starts.any(|it| {
            let rest = it.strip_prefix(class);
            rest.is_some_and(|it| is_service || !it.starts_with(|it: char| it.is_ascii_digit()))
        })
    };
    takes('2') && takes('4')
}
