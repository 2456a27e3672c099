use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-user-pool",
    page: include_str!("missing_user_pool.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

fn check(_: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    if let AuthorizerKind::Cognito { pools, .. } = &authorizer.kind
        && pools.is_empty()
    {
        let name = &authorizer.name.value;
        out.report(authorizer.name.span, format!("the authorizer `{name}` names no user pool"))
            .help("give the ARN of the pool: `cognito: !GetAtt Pool.Arn`").help_in(Formats::CLOUDFORMATION, "give the ARN of the pool under `ProviderARNs`").help_in(Formats::SAM, "give the ARN of the pool: `UserPoolArn` under `Auth`, `ProviderARNs` in a resource of its own").help_in(Formats::OPENAPI, "give the ARN of the pool under `providerARNs`").help_in(Formats::SERVERLESS, "give the ARN of the pool: `arn`");
    }
}
