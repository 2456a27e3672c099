use std::collections::hash_map::Entry;

use gatewright_ir::Route;
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-operation-name",
    page: include_str!("duplicate_operation_name.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let mut seen: FxHashMap<&str, &Route> = FxHashMap::default();
    for route in cx.ir.routes.values() {
        let Some(name) = &route.operation_name else { continue };
        let first = match seen.entry(&name.value) {
            Entry::Vacant(it) => {
                it.insert(route);
                continue;
            }
            Entry::Occupied(it) => *it.get(),
        };
        // A key that is there twice is reported by itself.
        if first.key.value == route.key.value {
            continue;
        }
        let (key, other) = (route.key.value.as_str(), first.key.value.as_str());
        // What is written once may hold for many routes: then the keys say which are meant.
        let of = |it: &Route| it.operation_name.as_ref().map_or(it.key.span, |it| it.span);
        let shared = of(first) == of(route);
        let (span, label) = if shared { (route.key.span, first.key.span) } else { (of(route), of(first)) };
        out.report(span, format!("`{key}` has the operation name of `{other}`"))
            .label(label, "the other one")
            .help("name each operation differently");
    }
}
