use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "authorizer-cache-without-identity",
    page: include_str!("authorizer_cache_without_identity.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

fn check(_: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    // Of one that takes tokens, `malformed-rest-identity` says that it has no place for them.
    if let AuthorizerKind::Lambda { cache: Some(cache), token: false, .. } = &authorizer.kind
        && cache.value.known().is_some_and(|it| it.milliseconds > 0)
        && authorizer.identity.is_empty()
    {
        out.report(cache.span, format!("`{}` remembers answers, but not for whom", authorizer.name.value))
            .help("say with `identity` what tells callers apart, or set `cache: 0s`").help_in(Formats::CLOUDFORMATION, "say with `IdentitySource` what tells callers apart, or set `AuthorizerResultTtlInSeconds: 0`").help_in(Formats::SAM, "say under `Identity` what tells callers apart, or set `ReauthorizeEvery: 0` there").help_in(Formats::OPENAPI, "say with `identitySource` what tells callers apart, or set `authorizerResultTtlInSeconds: 0`").help_in(Formats::SERVERLESS, "say with `identitySource` what tells callers apart, or set `resultTtlInSeconds: 0`");
    }
}
