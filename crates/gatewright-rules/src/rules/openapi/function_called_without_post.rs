use gatewright_ir::{Data, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity};

use super::definition::integrations;
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
            .help_in(Formats::BODIES, "write `httpMethod: POST`: it is not the method of the request")
            .fix(Fix::safe("write `POST`", [Edit::reword(span, method, "POST")]));
    }
}

/// Whether a URI is that of a function, as far as its text shows.
fn names_function(uri: &Raw) -> bool {
    let is_one = |it: &Raw| it.as_str().is_some_and(|it| it.contains(":lambda:path/"));
    let Some((_, argument)) = uri.function() else { return is_one(uri) };
    match &argument.data {
        Data::List(items) => items.iter().any(|it| match &it.data {
            Data::List(parts) => parts.iter().any(is_one),
            _ => is_one(it),
        }),
        _ => is_one(argument),
    }
}
