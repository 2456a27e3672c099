use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mock-without-status-code",
    page: include_str!("mock_without_status_code.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

/// What a template says about the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// A number, or something that becomes one.
    Number,
    /// Text in quotes.
    Text,
    /// Nothing.
    Missing,
}

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    const HELP: &str = "write `{\"statusCode\": 200}`, or leave `request` out";
    const HELP_ELSEWHERE: &str = "write a template for `application/json`: `{\"statusCode\": 200}`";
    let Backend::Mock { span } = &integration.backend else { return };
    let Some(it) = &integration.transformation else { return };
    if it.request.is_empty() {
        out.report(*span, format!("no template says which status `{}` has", integration.name.value))
            .help(HELP)
            .help_in(Formats::FOREIGN, HELP_ELSEWHERE);
    }
    for (_, template) in &it.request {
        let Some(text) = &template.text else { continue };
        match status(text) {
            Status::Number => {}
            Status::Text => {
                out.report(template.span, "the template has `statusCode` as text, not as a number")
                    .help("leave out the quotes around the number: `{\"statusCode\": 200}`");
            }
            Status::Missing => {
                let finding = out
                    .report(template.span, "the template of a mock has no `statusCode`")
                    .help(HELP)
                    .help_in(Formats::FOREIGN, HELP_ELSEWHERE);
                // It may come from a request or be put together.
                if text.contains(['$', '#']) {
                    finding.warning();
                }
            }
        }
    }
}

fn status(template: &str) -> Status {
    const KEY: &str = "statusCode";
    let mut out = Status::Missing;
    for (at, _) in template.match_indices(KEY) {
        let rest = template[at + KEY.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix(':').map(str::trim_start);
        if value.is_some_and(|it| it.starts_with(['"', '\''])) {
            return Status::Text;
        }
        out = Status::Number;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Status, status};

    #[test]
    fn statuses_are_found() {
        for it in ["{\"statusCode\": 200}", "{statusCode:200}", "{\"statusCode\" : $code}"] {
            assert_eq!(status(it), Status::Number, "{it}");
        }
        assert_eq!(status("{\"statusCode\": \"200\"}"), Status::Text);
        assert_eq!(status("{\"status\": 200}"), Status::Missing);
    }
}
