use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::stated::{authorizer, needs_authorizer, routes};
use crate::rules::cloudformation::property::word;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mismatched-authorization-type",
    page: include_str!("mismatched_authorization_type.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
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
        let Some((it, at, wanted)) = authorizer(template, of).filter(|it| it.2 != sort) else { continue };
        // `JWT` at a method and `COGNITO_USER_POOLS` at a route are words that do not exist there.
        let other = if route.of == "AWS::ApiGateway::Method" { "JWT" } else { "COGNITO_USER_POOLS" };
        if sort == other || wanted == other {
            continue;
        }
        let title = format!("write `AuthorizationType: {wanted}`");
        let message =
            format!("`{}` says `{sort}`, and `{}` is none of that type", route.id.value, it.id.value);
        out.report(span, message)
            .label(at, "this is its type")
            .help(title.clone())
            .fix(Fix::safe(title, [Edit::Set { at: span, value: Written::text(wanted) }]));
    }
}
