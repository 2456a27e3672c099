use gatewright_source::Severity;

use super::browsers::has_credentials;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cors-wildcard-ignored-with-credentials",
    page: include_str!("wildcard_ignored_with_credentials.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(cors) = cx.ir.api.cors.policy() else { return };
    let Some(credentials) = cors.allow_credentials.as_ref().filter(|_| has_credentials(cors)) else { return };
    // `cors-wildcard-with-credentials` is about this one, and its remedy may be to do without credentials.
    if cors.allow_origins.iter().any(|it| it.value.as_str() == Some("*")) {
        return;
    }
    let lists = [
        ("allowMethods", "method", &cors.allow_methods),
        ("allowHeaders", "header", &cors.allow_headers),
        ("exposeHeaders", "header", &cors.expose_headers),
    ];
    for (key, what, list) in lists {
        if let Some(wildcard) = list.iter().find(|it| it.value.as_str() == Some("*")) {
            out.report(wildcard.span, format!("with credentials, `*` in `{key}` is a {what} called `*`"))
                .label(credentials.span, "credentials are allowed here")
                .help(format!("name the {what}s, or set `allowCredentials: false`"));
        }
    }
}
