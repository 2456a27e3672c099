use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "backend-errors-as-success",
    page: include_str!("backend_errors_as_success.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Some(it) = integration.transformation.as_ref().filter(|it| !it.proxy) else { return };
    let is_backend =
        matches!(integration.backend, Backend::Lambda { .. } | Backend::Http { .. } | Backend::Action { .. });
    if !is_backend || !it.responses_stated || it.responses_unknown || it.stream.is_some() {
        return;
    }
    let [only] = &it.responses[..] else { return };
    // A template may set another status, and one that cannot be read, too.
    let overrides = only
        .templates
        .iter()
        .any(|(_, it)| it.text.as_ref().is_none_or(|it| it.contains("responseOverride")));
    if !only.is_default() || !(200..300).contains(&only.status.value) || overrides {
        return;
    }
    let message = format!("whatever `{}` answers, callers get {}", integration.name.value, only.status.value);
    let finding = out.report(only.status.span, message);
    match integration.backend {
        Backend::Lambda { .. } => finding.help(
            "add a response whose pattern is for the messages of errors, such as `.+`, with a status of 500",
        ),
        _ => {
            finding.help("add responses with the patterns `4\\d{2}` and `5\\d{2}`, and statuses of their own")
        }
    };
}
