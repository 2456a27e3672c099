use gatewright_source::Severity;

use super::definition::{integrations, names_function};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "function-called-without-post",
    page: include_str!("function_called_without_post.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    for integration in integrations(definition) {
        let Some(uri) = integration.get("uri").filter(|it| names_function(it)) else { continue };
        let Some((method, span)) = integration.get("httpMethod").and_then(|it| Some((it.as_str()?, it.span)))
        else {
            continue;
        };
        if method.eq_ignore_ascii_case("POST") || method.contains("${") {
            continue;
        }
        out.report(span, format!("a function is called with `{method}`, and takes only `POST`"))
            .label(uri.span, "this is a function")
            .help_in(Formats::BODIES, "write `httpMethod: POST`: it is not the method of the request");
    }
}
