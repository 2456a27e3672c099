use std::ops::Range;

use gatewright_ir::Segment;
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::part::part;
use super::shape::places;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-path-variable",
    page: include_str!("duplicate_path_variable.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let mut seen: FxHashMap<&str, Range<usize>> = FxHashMap::default();
    for route in cx.ir.routes.values() {
        let key = &route.key;
        seen.clear();
        for (at, segment) in places(&key.value) {
            let (Segment::Variable(name) | Segment::Greedy(name)) = segment else { continue };
            if name.is_empty() {
                continue;
            }
            if let Some(first) = seen.insert(name, at.clone()) {
                let text = key.value.as_str();
                let finding = out.report(
                    part(cx, key.span, text, at),
                    format!("the path has two variables named `{name}`"),
                );
                let first = part(cx, key.span, text, first);
                // The whole key, where its parts cannot be told.
                let finding = if first == key.span { finding } else { finding.label(first, "the other one") };
                finding.help("give each of them a name of its own");
            }
        }
    }
}
