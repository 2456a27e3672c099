use gatewright_source::Severity;

use super::written::throttles;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "throttle-above-quota",
    page: include_str!("throttle_above_quota.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (most, most_at_once) = (cx.settings.quotas.rate, cx.settings.quotas.burst);
    for throttle in throttles(cx.ir) {
        let rate = throttle.rate.as_ref().filter(|it| it.value.known().is_some_and(|it| *it > most as f64));
        let burst =
            throttle.burst.as_ref().filter(|it| it.value.known().is_some_and(|it| *it > most_at_once));
        let finding = match (rate, burst) {
            (Some(rate), _) => {
                out.report(rate.span, format!("the rate is above the account's {most} requests a second"))
            }
            (None, Some(burst)) => out.report(
                burst.span,
                format!("the burst is above the account's {most_at_once} requests at once"),
            ),
            (None, None) => continue,
        };
        let finding = match (rate, burst) {
            (Some(_), Some(burst)) => finding
                .label(burst.span, format!("and the burst is above its {most_at_once} requests at once")),
            _ => finding,
        };
        finding.help("lower it: the account's throttle comes first; if AWS has raised the quota, say so under `[quotas]` in gatewright.toml");
    }
}
