use gatewright_ir::Period;
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "quota-offset-out-of-range",
    page: include_str!("quota_offset_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for quota in cx.ir.usage_plans.values().filter_map(|it| it.quota.as_ref()) {
        let (Some(offset), Some(period)) = (&quota.offset, &quota.period) else { continue };
        let (word, most) = greatest_offset(period.value);
        if let Some(it) = offset.value.known().filter(|it| **it > most) {
            let help = match most {
                0 => "leave `offset` out".to_owned(),
                _ => format!("set `offset` to at most {most}"),
            };
            out.report(offset.span, format!("the offset of a quota per {word} is at most {most}, not {it}"))
                .label(period.span, format!("per {word}"))
                .help(help);
        }
    }
}

/// Source: what API Gateway answers to `CreateUsagePlan` with a greater one; it names the bounds.
fn greatest_offset(period: Period) -> (&'static str, u64) {
    match period {
        Period::Day => ("day", 0),
        Period::Week => ("week", 6),
        Period::Month => ("month", 27),
    }
}
