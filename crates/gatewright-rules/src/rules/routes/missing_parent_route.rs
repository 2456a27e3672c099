use std::hash::{Hash, Hasher};

use gatewright_ir::{Backend, Ir, Method, Route, RouteKey, Segment};
use gatewright_source::Severity;
use rustc_hash::{FxHashSet, FxHasher};

use super::shape::{Path, nameless};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-parent-route",
    page: include_str!("missing_parent_route.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    if cx.ir.api.routes_unknown {
        return;
    }
    // A preflight belongs to other routes.
    let routes = || cx.ir.routes.values().filter(|it| it.key.value.method() != Some(Method::Options));
    let greedy = routes().filter(|it| is_greedy_below_root(&it.key.value));
    let mut greedy = greedy.filter(|it| is_for_all_below(cx.ir, it)).peekable();
    if greedy.peek().is_none() {
        return;
    }
    let served: FxHashSet<u64> = routes().map(|it| hash(it.key.value.segments())).collect();
    let mut seen: FxHashSet<Path<'_>> = FxHashSet::default();
    for route in greedy {
        let key = &route.key;
        let parent = || key.value.segments().rev().skip(1).collect::<Vec<_>>().into_iter().rev();
        if !seen.insert(Path(&key.value)) || served.contains(&hash(parent())) || is_within(&served, parent())
        {
            continue;
        }
        let text = key.value.as_str();
        let path = key.value.path().and_then(|it| it.rsplit_once('/')).map_or("/", |it| it.0);
        let method = key.value.method().map_or("ANY", Method::as_str);
        out.report(key.span, format!("no route takes `{path}`: `{text}` does not match it"))
            .help(format!("add `{method} {path}`"));
    }
}

/// Whether a route is likely to be for the path above, too: what changes something names it, and so does what asks an
/// AWS service for it, such as the key of an object.
fn is_for_all_below(ir: &Ir, route: &Route) -> bool {
    let reads = matches!(route.key.value.method(), Some(Method::Get | Method::Head | Method::Any));
    let integration = route.target.integration().map(|it| &ir.integrations[it].backend);
    reads && !matches!(integration, Some(Backend::Action { .. }))
}

/// Whether another greedy route may take the path: nobody knows for sure which of them answers.
fn is_within<'r>(served: &FxHashSet<u64>, parent: impl Iterator<Item = Segment<'r>>) -> bool {
    let mut hasher = FxHasher::default();
    for segment in parent {
        let mut greedy = hasher.clone();
        Segment::Greedy("").hash(&mut greedy);
        if served.contains(&greedy.finish()) {
            return true;
        }
        nameless(segment).hash(&mut hasher);
    }
    false
}

fn hash<'r>(segments: impl Iterator<Item = Segment<'r>>) -> u64 {
    let mut hasher = FxHasher::default();
    segments.for_each(|it| nameless(it).hash(&mut hasher));
    hasher.finish()
}

/// Whether the last segment is greedy, no other one is, and the path has more than that.
fn is_greedy_below_root(key: &RouteKey) -> bool {
    let is_greedy = |it| matches!(it, Segment::Greedy(name) if !name.is_empty());
    let mut from_last = key.segments().rev();
    from_last.next().is_some_and(is_greedy) && {
        let mut before = from_last.peekable();
        before.peek().is_some() && before.all(|it| !is_greedy(it) && it != Segment::Literal(""))
    }
}
