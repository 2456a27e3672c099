use std::hash::BuildHasher;

use gatewright_ir::RouteId;
use gatewright_source::Severity;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::shape::{Path, are_equal_but_for_case, folded_hash};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "case-variant-paths",
    page: include_str!("case_variant_paths.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let routes = &cx.ir.routes;
    let has_capitals = |it: &str| it.bytes().any(|it| it.is_ascii_uppercase());
    if !routes.values().any(|it| it.key.value.path().is_some_and(has_capitals)) {
        return;
    }
    // By its hash, the first way to write a path, and the hash of just that way.
    let mut seen: FxHashMap<u64, (RouteId, u64)> = FxHashMap::default();
    seen.reserve(routes.len());
    // One finding for each other way.
    let mut reported: FxHashSet<Path<'_>> = FxHashSet::default();
    for (id, route) in routes.iter() {
        let key = &route.key;
        let Some(path) = key.value.path() else { continue };
        let exact = FxBuildHasher.hash_one(Path(&key.value));
        let (first, as_first) = *seen.entry(folded_hash(&key.value)).or_insert((id, exact));
        let first = &routes[first].key;
        if exact == as_first
            || !are_equal_but_for_case(&first.value, &key.value)
            || !reported.insert(Path(&key.value))
        {
            continue;
        }
        let earlier = first.value.path().unwrap_or_default();
        out.report(key.span, format!("`{path}` differs from `{earlier}` only in case"))
            .label(first.span, "the other one")
            .help("write both alike: a request has to match in case, too");
    }
}
