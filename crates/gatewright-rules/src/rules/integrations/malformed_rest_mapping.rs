use gatewright_ir::{Integration, IntegrationId, Located, Name};
use gatewright_source::{Edit, Fix, Safety, Severity, Text};

use super::mapping::Side;
use super::rest_mapping::{Fault, destination, is_name, source};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-rest-mapping",
    page: include_str!("malformed_rest_mapping.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    for it in &integration.request_parameters {
        let text = it.destination.value.trim_start_matches("integration.request.");
        match destination(&it.destination.value) {
            Ok(_) => value(text, &it.source, Side::Request, out),
            Err((wrong, help)) => {
                let finding =
                    out.report(it.destination.span, format!("the mapping `{text}` {wrong}")).help(help);
                if let Some((action @ ("append" | "overwrite"), bare)) = text.split_once(':') {
                    let edit = Edit::reword(it.destination.span, format!("{action}:"), "");
                    finding.fix(Fix::needs_a_look(format!("write `{bare}`"), [edit]));
                }
            }
        }
    }
    let responses = integration.transformation.iter().flat_map(|it| &it.responses);
    for (header, it) in responses.flat_map(|it| &it.headers) {
        name(header, out);
        value(&header.value, it, Side::Response, out);
    }
}

fn name(header: &Name, out: &mut Findings) {
    if !is_name(&header.value) {
        let message = format!("`{}` is not the name of a header", shown(&header.value));
        out.report(header.span, message).help("use letters, digits and `-`");
    }
}

fn value(of: &str, it: &Located<Text>, side: Side, out: &mut Findings) {
    let Some(text) = it.value.as_str() else { return };
    match source(text, side) {
        Some(Fault::Refused(help)) => {
            let finding =
                out.report(it.span, format!("there is no value `{}` for `{of}`", shown(text))).help(help);
            if let Some(text_in_quotes) = quoted(text) {
                let edit = Edit::reword(it.span, text, &*text_in_quotes);
                finding.fix(Fix::safe(format!("write `{text_in_quotes}`"), [edit]));
            }
        }
        Some(Fault::Doubtful(help)) => {
            let message =
                format!("`{}` looks like an expression and is text", shown(text.trim_matches('\'')));
            out.report(it.span, message).warning().help(help);
        }
        None => {}
    }
}

/// Plain text in the quotes that it needs; none where it might be an expression.
fn quoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('\'').unwrap_or(text);
    let is_plain = inner.bytes().all(|it| it.is_ascii_alphanumeric() || b" -_/:,;=*".contains(&it));
    (!inner.is_empty() && is_plain).then(|| format!("'{inner}'"))
}
