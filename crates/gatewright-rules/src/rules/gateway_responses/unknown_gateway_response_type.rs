use gatewright_source::{Fix, Safety, Severity, did_you_mean};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-gateway-response-type",
    page: include_str!("unknown_gateway_response_type.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// What API Gateway answers by itself.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
const TYPES: [&str; 21] = [
    "ACCESS_DENIED",
    "API_CONFIGURATION_ERROR",
    "AUTHORIZER_CONFIGURATION_ERROR",
    "AUTHORIZER_FAILURE",
    "BAD_REQUEST_BODY",
    "BAD_REQUEST_PARAMETERS",
    "DEFAULT_4XX",
    "DEFAULT_5XX",
    "EXPIRED_TOKEN",
    "INTEGRATION_FAILURE",
    "INTEGRATION_TIMEOUT",
    "INVALID_API_KEY",
    "INVALID_SIGNATURE",
    "MISSING_AUTHENTICATION_TOKEN",
    "QUOTA_EXCEEDED",
    "REQUEST_TOO_LARGE",
    "RESOURCE_NOT_FOUND",
    "THROTTLED",
    "UNAUTHORIZED",
    "UNSUPPORTED_MEDIA_TYPE",
    "WAF_FILTERED",
];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for name in cx.ir.gateway_responses.values().map(|it| &it.name) {
        let text: &str = &name.value;
        if TYPES.contains(&text) {
            continue;
        }
        let finding = out.report(name.span, format!("API Gateway has no response `{text}`"));
        let upper = text.to_ascii_uppercase().replace(['-', ' '], "_");
        match did_you_mean(&upper, TYPES) {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).fix(Fix::spelling(name.span, text, near))
            }
            None => finding.help("for all errors there are `DEFAULT_4XX` and `DEFAULT_5XX`"),
        };
    }
}
