use gatewright_source::Severity;

use crate::rules::routes::part::part;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "template-in-gateway-response",
    page: include_str!("template_in_gateway_response.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// What belongs to mapping templates, and is not replaced in a gateway response.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
const OF_TEMPLATES: [&str; 10] = [
    "#set(",
    "#if(",
    "#elseif(",
    "#foreach(",
    "#define(",
    "#macro(",
    "$util.",
    "$input.json(",
    "$input.path(",
    "$input.body",
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for response in cx.ir.gateway_responses.values() {
        for (_, body) in &response.templates {
            let text: &str = &body.value;
            let found = OF_TEMPLATES.iter().filter_map(|it| Some((text.find(it)?, *it)));
            if let Some((at, word)) = found.min() {
                let shown = word.trim_end_matches('(');
                out.report(
                    part(cx, body.span, text, at..at + shown.len()),
                    format!("`{shown}` stays as it is in the body of `{}`", response.name.value),
                )
                .within(body.span)
                .help(
                    "use `$context.…` and `$stageVariables.…` only, such as `$context.error.messageString`",
                );
            }
        }
    }
}
