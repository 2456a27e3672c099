use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::written::{Format, formats};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "log-format-without-request-id",
    page: include_str!("log_format_without_request_id.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// One of these has to be in every format. Source: the message with which API Gateway refuses one without.
const REQUEST_IDS: [&str; 2] = ["$context.requestId", "$context.extendedRequestId"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for format in formats(cx.ir) {
        let has_id = |text: &str| REQUEST_IDS.iter().any(|it| text.contains(it));
        if !format.pieces().any(|it| has_id(&it.value)) {
            out.report(format.span, "the log format has no request id")
                .help("add `$context.requestId`")
                .fix_in(Formats::ALL, || add(format));
        }
    }
}

/// Adds the request id: as a field, or before a line, whose columns move then.
fn add(format: Format<'_>) -> Option<Fix> {
    const TITLE: &str = "add `$context.requestId`";
    if let Some(first) = format.first_field() {
        let edit = Edit::beside(first.span, "requestId", Written::text(REQUEST_IDS[0]));
        return Some(Fix::safe(TITLE, [edit]));
    }
    let whole = format.text()?;
    let text = whole.value.trim_end();
    let field = format!("{{\"requestId\":\"{}\",", REQUEST_IDS[0]);
    Some(match text.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        Some(inside) if !inside.contains('{') && inside.trim_start().starts_with('"') => {
            Fix::safe(TITLE, [Edit::reword(whole.span, "{", field)])
        }
        Some(_) => return None,
        None => {
            let line = format!("{} {text}", REQUEST_IDS[0]);
            Fix::needs_a_look(TITLE, [Edit::reword(whole.span, text, line)])
        }
    })
}
