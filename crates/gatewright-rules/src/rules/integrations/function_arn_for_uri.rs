use gatewright_ir::{ApiKind, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity};

use crate::rules::cloudformation::property::{bare_function, word};
use crate::rules::cloudformation::template::Template;
use crate::rules::openapi::definition::{integrations, invocation};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "function-arn-for-uri",
    page: include_str!("function_arn_for_uri.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let template = cx.template();
    for it in cx.ir.provenance.definition().into_iter().flat_map(integrations) {
        let of = it.get("type").and_then(Raw::as_str).unwrap_or_default();
        if of.eq_ignore_ascii_case("aws") || of.eq_ignore_ascii_case("aws_proxy") {
            report(template, it.get("uri"), out);
        }
    }
    let Some(template) = template.filter(|_| cx.is_first && cx.ir.api.kind == ApiKind::Rest) else { return };
    for method in template.of_type("AWS::ApiGateway::Method") {
        let Some(it) = method.get("Integration") else { continue };
        if word(it, "Type").is_some_and(|it| matches!(it.0, "AWS" | "AWS_PROXY")) {
            report(Some(template), it.get("Uri"), out);
        }
    }
}

fn report(template: Option<&Template<'_>>, uri: Option<&Raw>, out: &mut Findings) {
    let Some(uri) = uri else { return };
    let Some(function) = bare_function(template, uri) else { return };
    let message = format!(
        "`{}` is a function, and not the URI that calls it",
        shown(function.trim_start_matches("${").trim_end_matches('}'))
    );
    let (help, value) = invocation(&function, template.is_some());
    let finding = out.report(uri.span, message).help(help);
    if let Some(value) = value {
        let edit = Edit::Set { at: uri.span, value };
        finding.fix(Fix::safe("write the ARN of the function's invocation", [edit]));
    }
}
