use std::collections::hash_map::Entry;
use std::ops::Range;

use gatewright_ir::{RouteId, Segment};
use gatewright_source::Severity;
use rustc_hash::{FxHashMap, FxHashSet};

use super::part::part;
use super::shape::{nameless, places};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "sibling-path-variables",
    page: include_str!("sibling_path_variables.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// A place of the tree of paths: the root is 0.
type Node = usize;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let routes = &cx.ir.routes;
    // Names of variables make no difference to what stands below them: one mistake, one finding.
    let mut nodes: FxHashMap<(Node, Segment<'_>), Node> = FxHashMap::default();
    let mut first: FxHashMap<Node, (Segment<'_>, RouteId, Range<usize>)> = FxHashMap::default();
    let mut reported: FxHashSet<(Node, Segment<'_>)> = FxHashSet::default();
    for (id, route) in routes.iter() {
        let (key, mut parent) = (&route.key, 0);
        for (at, segment) in places(&key.value) {
            let next = nodes.len() + 1;
            let node = *nodes.entry((parent, nameless(segment))).or_insert(next);
            let above = std::mem::replace(&mut parent, node);
            let Some(name) = name(segment) else { continue };
            let (other, other_route, other_at) = match first.entry(above) {
                Entry::Vacant(it) => {
                    it.insert((segment, id, at));
                    continue;
                }
                Entry::Occupied(it) => it.into_mut(),
            };
            if *other == segment || !reported.insert((above, segment)) {
                continue;
            }
            let other_key = &routes[*other_route].key;
            let is_greedy = |it| matches!(it, Segment::Greedy(_));
            let shown = |it| match it {
                Segment::Literal(it) => it.to_owned(),
                Segment::Variable(it) => format!("{{{it}}}"),
                Segment::Greedy(it) => format!("{{{it}+}}"),
            };
            let (this, other) = (segment, *other);
            let message =
                format!("`{}` stands beside `{}`: only one variable can", shown(this), shown(other));
            out.report(part(cx, key.span, key.value.as_str(), at), message)
                .label(part(cx, other_key.span, other_key.value.as_str(), other_at.clone()), "the other one")
                .help(if is_greedy(this) == is_greedy(other) {
                    format!("name both alike, such as `{}`", shown(other))
                } else if is_greedy(this) {
                    format!("keep one of them: `{{{name}+}}` takes single segments, too")
                } else {
                    format!("keep one of them: `{}` takes single segments, too", shown(other))
                });
        }
    }
}

/// The name of a variable; one without a name is reported by itself.
fn name(segment: Segment<'_>) -> Option<&str> {
    match segment {
        Segment::Variable(name) | Segment::Greedy(name) if !name.is_empty() => Some(name),
        _ => None,
    }
}
