use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cors-without-origins",
    page: include_str!("without_origins.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    if let Some(cors) = cx.ir.api.cors.policy()
        && cors.allow_origins.is_empty()
    {
        out.report(cors.span, "this CORS policy allows no origin, so that no web page may call")
            .help(
                "name the web pages: `allowOrigins: [\"https://…\"]`; if there are none, write `cors: none`",
            )
            .help_in(
                Formats::FOREIGN,
                "name the web pages that may call; if there are none, remove the policy",
            );
    }
}
