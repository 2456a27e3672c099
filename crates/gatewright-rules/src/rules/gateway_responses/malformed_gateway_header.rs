use gatewright_source::Severity;

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-gateway-header",
    page: include_str!("malformed_gateway_header.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// Where the value of a header may come from, besides text in quotes.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
const SOURCES: [&str; 5] = [
    "method.request.header.",
    "method.request.querystring.",
    "method.request.path.",
    "context.",
    "stageVariables.",
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (name, value) in cx.ir.gateway_responses.values().flat_map(|it| &it.headers) {
        let Some(text) = value.value.as_str() else { continue };
        let is_text = text.len() > 1 && text.starts_with('\'') && text.ends_with('\'');
        let is_source = || SOURCES.iter().any(|it| text.strip_prefix(it).is_some_and(|it| !it.is_empty()));
        if is_text || is_source() {
            continue;
        }
        let finding =
            out.report(value.span, format!("`{}` cannot be taken from `{}`", name.value, shown(text)));
        if text.starts_with("integration.") {
            finding.help("no backend was asked; use text, `$request.header.NAME` or `$context.NAME`");
        } else {
            finding.help("write text, `$request.header.NAME`, `$context.NAME` or `$stageVariables.NAME`");
        }
    }
}
