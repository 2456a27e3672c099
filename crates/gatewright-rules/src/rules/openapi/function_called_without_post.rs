use gatewright_ir::Raw;
use gatewright_source::{Edit, Fix, Safety, Severity};

use super::definition::{integrations, names_function};
use crate::rules::cloudformation::property::word;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "function-called-without-post",
    page: include_str!("function_called_without_post.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for integration in cx.ir.provenance.definition().into_iter().flat_map(integrations) {
        look(integration, ["uri", "httpMethod"], out);
    }
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for integration in template.of_type("AWS::ApiGateway::Method").filter_map(|it| it.get("Integration")) {
        if word(integration, "Type").is_some_and(|it| matches!(it.0, "AWS" | "AWS_PROXY")) {
            look(integration, ["Uri", "IntegrationHttpMethod"], out);
        }
    }
}

fn look(integration: &Raw, [uri, key]: [&str; 2], out: &mut Findings) {
    let Some(uri) = integration.get(uri).filter(|it| names_function(it)) else { return };
    let Some((method, span)) = word(integration, key).filter(|it| !it.0.eq_ignore_ascii_case("POST")) else {
        return;
    };
    let title = format!("write `{key}: POST`");
    out.report(span, format!("a function is called with `{method}`, and takes only `POST`"))
        .label(uri.span, "this is a function")
        .help_in(Formats::BODIES, format!("{title}: it is not the method of the request"))
        .fix(Fix::safe(title, [Edit::reword(span, method, "POST")]));
}
