use gatewright_ir::{ACCOUNT_BURST, ACCOUNT_RATE};
use gatewright_source::Severity;

use super::written::stage_throttles;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "incomplete-throttle",
    page: include_str!("incomplete_throttle.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for throttle in stage_throttles(cx.ir) {
        // A rate of 0, or less, is a mistake of its own.
        let (place, given, other, default) = match (&throttle.rate, &throttle.burst) {
            (Some(rate), None) if rate.value.known().is_none_or(|it| *it > 0.0) => {
                (rate.span, "rate", "burst", ACCOUNT_BURST.to_string())
            }
            (None, Some(burst)) if burst.value.known() != Some(&0) => {
                (burst.span, "burst", "rate", ACCOUNT_RATE.to_string())
            }
            _ => continue,
        };
        let message =
            format!("this throttle has a {given} and no {other}, which becomes the account's: {default}");
        out.report(place, message)
            .help(format!("give `{other}`, too"))
            .help_in(Formats::FOREIGN, format!("give the {other}, too"));
    }
}
