use gatewright_ir::{Integration, IntegrationId, ParameterMapping};
use gatewright_source::Severity;

use super::mapping::part;
use crate::rules::integrations::rest_mapping;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-message-mapping",
    page: include_str!("malformed_message_mapping.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    for it in &integration.request_parameters {
        destination(it, out);
        source(it, out);
    }
}

fn destination(it: &ParameterMapping, out: &mut Findings) {
    let text = &*it.destination.value;
    if let Err((wrong, help)) = rest_mapping::destination(text) {
        let short = text.trim_start_matches("integration.request.");
        out.report(it.destination.span, format!("the mapping `{}` {wrong}", shown(short))).help(help);
    }
}

fn source(it: &ParameterMapping, out: &mut Findings) {
    const HELP: &str = "take `$request.body.NAME`, on `$connect` also `$request.header.NAME` and \
                        `$request.querystring.NAME`, or `$context.NAME`";
    let Some(text) = it.source.value.as_str() else { return };
    let message = match part(text) {
        Some(Ok(_)) => return,
        Some(Err(place)) => format!("messages have no `{}`", shown(place)),
        None if text.starts_with("method.request.") || text.starts_with("integration.") => {
            format!("there is no `{}` in a WebSocket API", shown(text))
        }
        // An expression that nobody knows was taken for text.
        None if text.starts_with("'$") && text[2..].starts_with(|it: char| it.is_ascii_alphabetic()) => {
            let text = text.trim_matches('\'');
            out.report(it.source.span, format!("`{}` looks like an expression and is text", shown(text)))
                .help(HELP)
                .warning();
            return;
        }
        None => return,
    };
    out.report(it.source.span, message).help(HELP);
}
