use std::collections::hash_map::Entry;

use gatewright_ir::{ApiKind, RouteId};
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::shape::Shape;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-route",
    page: include_str!("duplicate_route.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (routes, conditions) = (&cx.ir.routes, &cx.ir.provenance.conditions);
    let mut seen: FxHashMap<Shape<'_>, RouteId> = FxHashMap::default();
    seen.reserve(routes.len());
    for (id, route) in routes.iter() {
        let first = match seen.entry(Shape(&route.key.value)) {
            Entry::Vacant(it) => {
                it.insert(id);
                continue;
            }
            Entry::Occupied(it) => *it.get(),
        };
        // What is there under different conditions is perhaps never there at once.
        if conditions.get(&first) != conditions.get(&id) {
            continue;
        }
        let first = &routes[first].key;
        let (key, earlier) = (route.key.value.as_str(), first.value.as_str());
        if key == earlier {
            out.report(route.key.span, format!("the route `{key}` is there already"))
                .label(first.span, "first defined here")
                .help("remove one of them");
        } else if cx.ir.api.kind != ApiKind::Rest {
            // In a REST API they are siblings with different names, which is reported by itself.
            out.report(route.key.span, format!("`{key}` takes the same requests as `{earlier}`"))
                .label(first.span, "the other one")
                .help("keep one of them: the names of path variables make no difference");
        }
    }
}
