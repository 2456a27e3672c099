use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind, Format};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-jwt-audience",
    page: include_str!("missing_jwt_audience.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

fn check(cx: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    // One that says nothing at all lacks its issuer, too: one mistake, one finding.
    if let AuthorizerKind::Jwt { audience, issuer } = &authorizer.kind
        && audience.is_empty()
        && (issuer.is_some() || cx.ir.provenance.format == Format::Gatewright)
    {
        out.report(
            authorizer.name.span,
            format!("the JWT authorizer `{}` names no audience", authorizer.name.value),
        )
        .help("say whom the tokens are for: `audience: […]`; for Cognito, the ids of the app clients").help_in(Formats::CLOUDFORMATION, "say with `Audience` under `JwtConfiguration` whom the tokens are for; for Cognito, the ids of the app clients").help_in(Formats::SAM, "say with `audience` under `JwtConfiguration` whom the tokens are for; for Cognito, the ids of the app clients").help_in(Formats::OPENAPI, "say with `audience` under `jwtConfiguration` whom the tokens are for; for Cognito, the ids of the app clients").help_in(Formats::SERVERLESS, "say with `audience` whom the tokens are for; for Cognito, the ids of the app clients");
    }
}
