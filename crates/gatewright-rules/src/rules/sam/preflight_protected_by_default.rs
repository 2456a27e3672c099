use gatewright_ir::{AuthorizerKind, Ir};
use gatewright_source::Severity;

use super::super::cors::browsers::{header, is_asked_for};
use super::source::{Source, flag};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "preflight-protected-by-default",
    page: include_str!("preflight_protected_by_default.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    let Some(cors) = source.get(&["Cors"]) else { return };
    let says = |key: &str| source.get(&["Auth", key]);
    // Whatever is not plainly `false` may be either.
    let is_default = |key: &str| says(key).is_none_or(|it| flag(it) == Some(true));
    if let Some(authorizer) = says("DefaultAuthorizer")
        && is_default("AddDefaultAuthorizerToCorsPreflight")
        && authorizer.as_str().is_some_and(|it| refuses(cx.ir, it))
    {
        let message = "preflight requests of browsers are asked for credentials, which they never carry";
        out.report(authorizer.span, message)
            .label(cors.span, "these preflight requests")
            .help("set `AddDefaultAuthorizerToCorsPreflight: false` beside it");
    }
    if let Some(key) = says("ApiKeyRequired").filter(|it| flag(it) == Some(true))
        && is_default("AddApiKeyRequiredToCorsPreflight")
    {
        let message = "preflight requests of browsers are asked for an API key, which they never carry";
        out.report(key.span, message)
            .label(cors.span, "these preflight requests")
            .help("set `AddApiKeyRequiredToCorsPreflight: false` beside it");
    }
}

/// Whether an authorizer lets no preflight request through.
fn refuses(ir: &Ir, name: &str) -> bool {
    match ir.authorizers.values().find(|it| &*it.name.value == name) {
        Some(it) => match &it.kind {
            AuthorizerKind::Lambda { token: false, .. } => {
                it.identity.iter().filter_map(header).any(|it| is_asked_for(&it))
            }
            AuthorizerKind::Unknown => false,
            _ => true,
        },
        None => name == "AWS_IAM",
    }
}
