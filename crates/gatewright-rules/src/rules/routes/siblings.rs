//! Variables that stand at one place of the tree of paths under different names.

use std::collections::hash_map::Entry;
use std::ops::Range;

use gatewright_ir::{RouteId, Segment};
use gatewright_source::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use super::part::part;
use super::shape::{nameless, places};
use crate::Context;

/// A variable, and the first one at its place, which has another name.
pub(super) struct Sibling<'r> {
    pub(super) this: Segment<'r>,
    pub(super) span: Span,
    pub(super) first: Segment<'r>,
    pub(super) first_span: Span,
}

/// A place of the tree of paths: the root is 0.
type Node = usize;

/// The variables among those that count which have another name than the first at their place: each name once.
pub(super) fn siblings<'r>(cx: &Context<'r>, counts: impl Fn(Segment<'r>) -> bool) -> Vec<Sibling<'r>> {
    let routes = &cx.ir.routes;
    // Names of variables make no difference to what stands below them: one mistake, one finding.
    let mut nodes: FxHashMap<(Node, Segment<'_>), Node> = FxHashMap::default();
    let mut first: FxHashMap<Node, (Segment<'_>, RouteId, Range<usize>)> = FxHashMap::default();
    let mut seen: FxHashSet<(Node, Segment<'_>)> = FxHashSet::default();
    let mut out = Vec::new();
    for (id, route) in routes.iter() {
        let (key, mut parent) = (&route.key, 0);
        for (at, segment) in places(&key.value) {
            let next = nodes.len() + 1;
            let node = *nodes.entry((parent, nameless(segment))).or_insert(next);
            let above = std::mem::replace(&mut parent, node);
            if !has_name(segment) || !counts(segment) {
                continue;
            }
            let (other, other_route, other_at) = match first.entry(above) {
                Entry::Vacant(it) => {
                    it.insert((segment, id, at));
                    continue;
                }
                Entry::Occupied(it) => it.into_mut(),
            };
            if *other == segment || !seen.insert((above, segment)) {
                continue;
            }
            let other_key = &routes[*other_route].key;
            out.push(Sibling {
                this: segment,
                span: part(cx, key.span, key.value.as_str(), at),
                first: *other,
                first_span: part(cx, other_key.span, other_key.value.as_str(), other_at.clone()),
            });
        }
    }
    out
}

/// Whether a segment is a variable with a name; one without is reported by itself.
fn has_name(segment: Segment<'_>) -> bool {
    matches!(segment, Segment::Variable(name) | Segment::Greedy(name) if !name.is_empty())
}

/// A segment as it was written.
pub(super) fn shown(it: Segment<'_>) -> String {
    match it {
        Segment::Literal(it) => it.to_owned(),
        Segment::Variable(it) => format!("{{{it}}}"),
        Segment::Greedy(it) => format!("{{{it}+}}"),
    }
}
