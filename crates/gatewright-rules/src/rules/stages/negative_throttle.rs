use gatewright_source::Severity;

use super::written::throttles;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "negative-throttle",
    page: include_str!("negative_throttle.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for throttle in throttles(cx.ir) {
        if let Some(rate) = &throttle.rate
            && let Some(value) = rate.value.known().filter(|it| **it < 0.0)
        {
            out.report(rate.span, format!("the rate {value} is less than nothing"))
                .help("say how many requests a second are let through");
        }
    }
}
