use gatewright_ir::{Integration, IntegrationId, Located, MappingTemplate};
use gatewright_source::{Severity, Span, Text};

use super::mapping::templates;
use crate::rules::stages::secrets::{is_named_like_a_secret, is_reference, looks_like_a_secret};
use crate::rules::stages::written::is_dynamic;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "secret-in-mapping",
    page: include_str!("secret_in_mapping.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let responses = integration.response_parameters.iter().flat_map(|it| &it.1);
    let mappings = integration.request_parameters.iter().chain(responses);
    let mut texts: Vec<(&str, &Located<Text>)> =
        mappings.map(|it| (&*it.destination.value, &it.source)).collect();
    let responses = integration.transformation.iter().flat_map(|it| &it.responses);
    texts.extend(responses.flat_map(|it| &it.headers).map(|it| (&*it.0.value, &it.1)));
    for (name, value) in texts {
        let name = name.rsplit('.').next().unwrap_or(name);
        if value.value.as_str().and_then(literal).is_some_and(|it| is_secret(name, it)) {
            report(
                value.span,
                &format!("`{}` seems to be given a secret that stands here", shown(name)),
                out,
            );
        }
    }
    let secrets = templates(integration).filter_map(|it| Some((it.span, secret_within(it)?)));
    let found: Vec<Span> = secrets.map(|it| it.0).collect();
    for span in found {
        report(span, "this template seems to hold a secret", out);
    }
}

fn report(span: Span, message: &str, out: &mut Findings) {
    out.report(span, message)
        .help("who may read the API's definition may read it: let a function fetch it from Secrets Manager");
}

/// The text that a mapping puts somewhere, if it is no expression.
fn literal(source: &str) -> Option<&str> {
    match source.strip_prefix('\'') {
        Some(rest) => rest.strip_suffix('\''),
        None => {
            let expressions = ["method.", "route.", "integration.", "context.", "stageVariables."];
            let is_expression = source.contains('$') || expressions.iter().any(|it| source.starts_with(it));
            (!is_expression).then_some(source)
        }
    }
}

fn is_secret(name: &str, value: &str) -> bool {
    let credentials = ["Basic ", "Bearer "];
    let is_authorization = name.eq_ignore_ascii_case("authorization")
        && credentials.iter().any(|it| value.strip_prefix(it).is_some_and(|it| !it.trim().is_empty()));
    let is_named = is_named_like_a_secret(name) && !is_reference(value);
    !is_dynamic(value) && (is_authorization || is_named || looks_like_a_secret(value))
}

/// A word of a template that looks like a secret by itself.
fn secret_within(template: &MappingTemplate) -> Option<&str> {
    let text = template.text.as_deref()?;
    let is_part = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
    text.split(|it| !is_part(it)).find(|it| it.len() >= 20 && looks_like_a_secret(it))
}
