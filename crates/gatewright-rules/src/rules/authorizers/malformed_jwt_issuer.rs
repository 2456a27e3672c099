use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-jwt-issuer",
    page: include_str!("malformed_jwt_issuer.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

const DISCOVERY: &str = "/.well-known/openid-configuration";

fn check(_: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    let AuthorizerKind::Jwt { issuer: Some(issuer), .. } = &authorizer.kind else { return };
    let Some(url) = issuer.value.as_str() else { return };
    let span = issuer.span;
    let host = match url.split_at_checked("https://".len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https://") => rest,
        _ => {
            let message = format!("the issuer `{}` is not an `https://` URL", shown(url));
            out.report(span, message)
                .help("give the issuer's URL, exactly as it stands in the `iss` of the tokens");
            return;
        }
    };
    if url.contains("${") {
        out.report(span, "the issuer holds `${…}`, which nothing replaces here")
            .help("write `!Sub` before the text");
    } else if host.is_empty() || host.starts_with('/') || url.contains(char::is_whitespace) {
        out.report(span, format!("the issuer `{}` is not a URL", shown(url)))
            .help("give the issuer's URL, exactly as it stands in the `iss` of the tokens");
    } else if url.trim_end_matches('/').ends_with(DISCOVERY) {
        out.report(span, "the issuer is the URL of its discovery document")
            .help("write what stands under `issuer` in that document");
    } else if url.contains("/.well-known/") {
        out.report(span, "the issuer is the URL of one of its documents")
            .help(format!("write what stands under `issuer` in `{DISCOVERY}` beside it"))
            .warning();
    } else if let Some((region, pool)) = contradiction(host) {
        out.report(span, format!("the user pool is in `{pool}`, and the issuer's host in `{region}`"))
            .help(format!("write `cognito-idp.{pool}` in the host, or name a user pool in `{region}`"));
    } else if host.starts_with("cognito-idp.") && url.ends_with('/') {
        out.report(span, "this Cognito issuer ends with `/`, the one in its tokens does not")
            .help(format!("write `{}`", url.trim_end_matches('/')))
            .warning();
    } else if host.ends_with(".auth0.com") {
        out.report(span, "this issuer has no `/` at its end, the one in tokens of Auth0 has")
            .help(format!("write `{url}/`"))
            .warning()
            .fix(Fix::safe(
                "end it with `/`",
                [Edit::Set { at: span, value: Written::text(format!("{url}/")) }],
            ));
    }
}

/// The region of Cognito's host and that of the user pool, if they differ.
///
/// Source: Amazon Cognito User Pools API Reference, `UserPoolIdType`: the region, `_`, and an id.
fn contradiction(host: &str) -> Option<(&str, &str)> {
    let (host, path) = host.strip_prefix("cognito-idp.")?.split_once('/')?;
    let (region, domain) = host.split_once('.')?;
    let (pool, _) = path.split_once('_')?;
    let is_region = |it: &str| {
        it.split('-').count() >= 3 && it.ends_with(|it: char| it.is_ascii_digit()) && !it.contains('/')
    };
    let contradict =
        domain.starts_with("amazonaws.com") && is_region(region) && is_region(pool) && region != pool;
    contradict.then_some((region, pool))
}
