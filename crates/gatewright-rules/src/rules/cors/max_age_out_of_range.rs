use gatewright_ir::Duration;
use gatewright_source::Severity;

use crate::limits::CORS_MAX_AGE_SECONDS;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "cors-max-age-out-of-range",
    page: include_str!("max_age_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    if let Some(cors) = cx.ir.api.cors.policy()
        && let Some(max_age) = &cors.max_age
        && let Some(it) = max_age.value.known()
        && it.as_seconds() > CORS_MAX_AGE_SECONDS
    {
        let most = Duration::seconds(CORS_MAX_AGE_SECONDS);
        out.report(max_age.span, format!("preflight answers are remembered for {it}, longer than {most}"))
            .help(format!("set `maxAge` to at most `{most}`"));
    }
}
