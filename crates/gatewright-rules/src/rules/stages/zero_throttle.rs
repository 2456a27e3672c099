use gatewright_source::Severity;

use super::written::throttles;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "zero-throttle",
    page: include_str!("zero_throttle.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for throttle in throttles(cx.ir) {
        let rate = throttle.rate.as_ref().filter(|it| it.value.known() == Some(&0.0));
        let burst = throttle.burst.as_ref().filter(|it| it.value.known() == Some(&0));
        let (what, span) = match (rate, burst) {
            (Some(rate), _) => ("rate", rate.span),
            (None, Some(burst)) => ("burst", burst.span),
            (None, None) => continue,
        };
        out.report(span, format!("a {what} of 0 lets no request through: all are answered with 429"))
            .help("say how many requests are let through, or remove the throttle");
    }
}
