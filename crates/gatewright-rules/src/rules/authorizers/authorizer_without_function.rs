use gatewright_ir::{Raw, Span};
use gatewright_source::{Edit, Fix, Safety, Severity};

use crate::rules::cloudformation::property::{bare_function, is_absent, word};
use crate::rules::cloudformation::template::Template;
use crate::rules::openapi::definition::{invocation, schemes};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "authorizer-without-function",
    page: include_str!("authorizer_without_function.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let template = cx.template();
    for (name, scheme) in cx.ir.provenance.definition().map(schemes).unwrap_or_default() {
        let Some(it) = scheme.get("x-amazon-apigateway-authorizer") else { continue };
        let is_lambda = it
            .get("type")
            .and_then(Raw::as_str)
            .is_some_and(|of| of.eq_ignore_ascii_case("token") || of.eq_ignore_ascii_case("request"));
        if is_lambda && it.function().is_none() {
            uri(template, (&name.value, name.span), it, "authorizerUri", out);
        }
    }
    let Some(template) = template.filter(|_| cx.is_first) else { return };
    for (of, key) in
        [("AWS::ApiGateway::Authorizer", "Type"), ("AWS::ApiGatewayV2::Authorizer", "AuthorizerType")]
    {
        for it in template.of_type(of) {
            let Some(properties) = it.properties() else { continue };
            if word(properties, key).is_some_and(|it| matches!(it.0, "TOKEN" | "REQUEST")) {
                uri(Some(template), (&it.id.value, it.id.span), properties, "AuthorizerUri", out);
            }
        }
    }
}

fn uri(
    template: Option<&Template<'_>>,
    (name, span): (&str, Span),
    of: &Raw,
    key: &'static str,
    out: &mut Findings,
) {
    if is_absent(of, key) {
        out.report(span, format!("the authorizer `{name}` has no function to ask"))
            .help(format!("add `{key}` with the ARN of the function's invocation"));
        return;
    }
    let Some(written) = of.get(key) else { return };
    let Some(function) = bare_function(template, written) else { return };
    let message = format!(
        "`{}` is no URI by which `{name}` could ask a function",
        shown(function.trim_start_matches("${").trim_end_matches('}'))
    );
    let (title, value) = invocation(&function, template.is_some());
    let finding = out.report(written.span, message).help(title);
    if let Some(value) = value {
        let title = "write the ARN of the function's invocation";
        finding.fix(Fix::safe(title, [Edit::Set { at: written.span, value }]));
    }
}
