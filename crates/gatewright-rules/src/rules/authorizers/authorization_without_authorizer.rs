use gatewright_source::Severity;

use super::stated::{needs_authorizer, routes};
use crate::rules::cloudformation::property::{is_absent, word};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "authorization-without-authorizer",
    page: include_str!("authorization_without_authorizer.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for (route, of) in routes(template) {
        let Some((sort, span)) = word(of, "AuthorizationType").filter(|it| needs_authorizer(it.0)) else {
            continue;
        };
        if is_absent(of, "AuthorizerId") {
            let message = format!("`{}` says `{sort}`, and names no authorizer", route.id.value);
            out.report(span, message).help("add `AuthorizerId: !Ref` with an authorizer of the API");
        }
    }
}
