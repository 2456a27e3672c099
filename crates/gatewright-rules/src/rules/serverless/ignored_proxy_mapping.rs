use gatewright_source::Severity;

use super::document::{at, entries, events, integration};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "ignored-proxy-mapping",
    page: include_str!("ignored_proxy_mapping.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SERVERLESS,
    check: Check::Api(check),
};

/// What of `request` the framework keeps for proxies; of HTTP proxies also `uri`.
///
/// Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events/api-gateway/lib/validate.js`.
const KEPT: [&str; 3] = ["parameters", "schema", "schemas"];

/// What a fork of the framework knows in `response`, for proxies too.
///
/// Source: osls 4, `response.transferMode`.
const STREAMED: &str = "transferMode";

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (_, event) in events(cx.ir, "http") {
        let kind = match integration(event).as_deref() {
            Some("AWS_PROXY") => "lambda-proxy",
            Some("HTTP_PROXY") => "http-proxy",
            _ => continue,
        };
        let request = at(event, &["request"]).map(entries).unwrap_or_default();
        let is_kept = |it: &str| KEPT.contains(&it) || it == "uri" && kind == "http-proxy";
        let ignored = request.iter().map(|it| &it.0).find(|it| !is_kept(&it.value));
        if let Some(name) = ignored {
            let message = format!("the framework removes `{}`: this is a proxy", name.value);
            report(out, event, name.span, message, kind);
        }
        let response = at(event, &["response"]).map(entries).unwrap_or_default();
        if let Some((name, _)) = response.iter().find(|it| &*it.0.value != STREAMED) {
            let message = "the framework removes `response`: a proxy's answer passes as it is".to_owned();
            report(out, event, name.span, message, kind);
        }
    }
}

fn report(
    out: &mut Findings,
    event: &gatewright_ir::Raw,
    span: gatewright_source::Span,
    message: String,
    kind: &str,
) {
    let other = if kind == "lambda-proxy" { "lambda" } else { "http" };
    let finding = out.report(span, message).help_in(
        Formats::SERVERLESS,
        format!("remove it, or map requests and answers: `integration: {other}`"),
    );
    if let Some(it) = at(event, &["integration"]) {
        finding.label(it.span, "a proxy");
    }
}
