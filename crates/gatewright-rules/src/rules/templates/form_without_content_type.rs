use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "form-without-content-type",
    page: include_str!("form_without_content_type.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

/// The media type of forms.
const FORM: &str = "application/x-www-form-urlencoded";
/// The header that a mapping sets, and the variable that a template does.
const HEADER: &str = "integration.request.header.content-type";
const OVERRIDE: &str = "requestoverride.header.content-type";

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let (Backend::Action { .. }, Some(it)) = (&integration.backend, &integration.transformation) else {
        return;
    };
    if integration.request_parameters.iter().any(|it| it.destination.value.eq_ignore_ascii_case(HEADER)) {
        return;
    }
    for (media_type, template) in &it.request {
        let Some(text) = template.text.as_ref().filter(|it| is_form(it)) else { continue };
        if media_type.value.starts_with(FORM) || text.to_ascii_lowercase().contains(OVERRIDE) {
            continue;
        }
        let message = format!("`{}` sends a form as `{}`", integration.name.value, media_type.value);
        out.report(template.span, message)
            .help(format!("say what it is: `requestParameters: {{ header.Content-Type: {FORM} }}`"));
    }
}

/// Whether a template writes the form of an action: `Action=SendMessage&…`.
fn is_form(text: &str) -> bool {
    const FIELD: &str = "Action=";
    text.match_indices(FIELD).any(|(at, _)| {
        let begins = text[..at].chars().next_back().is_none_or(|it| it.is_whitespace() || ")&#".contains(it));
        begins && text[at + FIELD.len()..].starts_with(|it: char| it.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::is_form;

    #[test]
    fn forms_are_told_from_json() {
        for it in
            ["Action=SendMessage&MessageBody=a", "#set($a = 1)\nAction=Publish##", "Version=1&Action=Publish"]
        {
            assert!(is_form(it), "{it}");
        }
        for it in ["{\"Action\": \"SendMessage\"}", "{\"query\": \"?userAction=Buy\"}", ""] {
            assert!(!is_form(it), "{it}");
        }
    }
}
