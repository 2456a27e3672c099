use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-jwt-issuer",
    page: include_str!("missing_jwt_issuer.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::BODIES.and(Formats::SERVERLESS),
    check: Check::Authorizer(check),
};

fn check(_: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    let AuthorizerKind::Jwt { issuer: None, audience } = &authorizer.kind else { return };
    let name = &authorizer.name;
    let message = match audience.is_empty() {
        true => format!(
            "the JWT authorizer `{}` says neither whose tokens it takes nor whom they are for",
            name.value
        ),
        false => format!("the JWT authorizer `{}` names no issuer", name.value),
    };
    out.report(name.span, message)
        .help_in(Formats::TEMPLATES, "add `JwtConfiguration` with `Issuer` and `Audience`")
        .help_in(Formats::OPENAPI, "add `jwtConfiguration` with `issuer` and `audience`")
        .help_in(Formats::SERVERLESS, "add `JwtConfiguration` with `Issuer` and `Audience`");
}
