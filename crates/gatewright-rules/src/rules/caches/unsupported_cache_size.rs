use gatewright_ir::{Stage, StageId};
use gatewright_source::{Edit, Fix, Safety, Severity, Span, Written};

use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-cache-size",
    page: include_str!("unsupported_cache_size.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Stage(check),
};

/// The sizes of cache clusters: how API Gateway calls them, and in bytes.
///
/// Source: API Gateway API Reference, `Stage`: `cacheClusterSize`.
const SIZES: [(&str, u64); 8] = [
    ("0.5", 500_000_000),
    ("1.6", 1_600_000_000),
    ("6.1", 6_100_000_000),
    ("13.5", 13_500_000_000),
    ("28.4", 28_400_000_000),
    ("58.2", 58_200_000_000),
    ("118", 118_000_000_000),
    ("237", 237_000_000_000),
];

fn check(_: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    let Some(size) = stage.cache.as_ref().and_then(|it| it.size) else { return };
    if SIZES.iter().any(|it| it.1 == size.value.bytes) {
        return;
    }
    let near = SIZES.iter().min_by_key(|it| it.1.abs_diff(size.value.bytes)).map_or("0.5", |it| it.0);
    let all = list(&SIZES.map(|it| it.0));
    out.report(size.span, "no cache has this size")
        .help(format!("write `{near}GB`, the nearest; caches have {all} GB"))
        .fix_in(Formats::GATEWRIGHT, || Some(set(size.span, Written::Bare(format!("{near}GB")))))
        .fix_in(Formats::FOREIGN, || Some(set(size.span, Written::text(near))));
}

fn set(at: Span, near: Written) -> Fix {
    Fix::needs_a_look("set the nearest size", [Edit::set(at, near)])
}
