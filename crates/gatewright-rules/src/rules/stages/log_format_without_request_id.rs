use gatewright_source::Severity;

use super::written::formats;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "log-format-without-request-id",
    page: include_str!("log_format_without_request_id.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
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
            out.report(format.span, "the log format has no request id").help("add `$context.requestId`");
        }
    }
}
