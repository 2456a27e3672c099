use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cors-wildcard-with-credentials",
    page: include_str!("wildcard_with_credentials.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(cors) = cx.ir.api.cors.policy() else { return };
    let credentials = cors.allow_credentials.as_ref().filter(|it| it.value.known() == Some(&true));
    let wildcard = cors.allow_origins.iter().find(|it| it.value.as_str() == Some("*"));
    if let (Some(credentials), Some(wildcard)) = (credentials, wildcard) {
        out.report(wildcard.span, "any origin is allowed, with credentials")
            .label(credentials.span, "credentials are allowed here")
            .help("name the origins that may call, or set `allowCredentials: false`")
            .help_in(Formats::FOREIGN, "name the origins that may call, or allow no credentials");
    }
}
