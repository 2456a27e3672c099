use std::hash::{Hash, Hasher};

use gatewright_ir::{Method, Route, RouteId, RouteKey, Segment};
use gatewright_source::Severity;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::shape::nameless;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "ambiguous-variable-route",
    page: include_str!("ambiguous_variable_route.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// How many patterns of variables are compared among paths of one length: what keeps the time linear.
const PATTERNS: usize = 16;

/// How many partners of one route are looked at for each pattern.
const PARTNERS: usize = 4;

/// Where the variables of a path stand: bit by bit, from its first segment.
struct Pattern {
    method: Method,
    length: usize,
    variables: u64,
    route: RouteId,
}

fn check(cx: &Context<'_>, out: &mut Findings) {
    let routes = &cx.ir.routes;
    let mut patterns: Vec<Pattern> =
        routes.iter().filter_map(|(id, it)| pattern(id, &it.key.value)).collect();
    patterns.sort_unstable_by_key(|it| (it.method, it.length, it.variables, it.route));
    let mut served: Option<FxHashSet<u64>> = None;
    for group in patterns.chunk_by(|one, two| (one.method, one.length) == (two.method, two.length)) {
        let alike: Vec<&[Pattern]> =
            group.chunk_by(|one, two| one.variables == two.variables).take(PATTERNS).collect();
        for (at, one) in alike.iter().enumerate() {
            for two in &alike[at + 1..] {
                let (left, right) = (one[0].variables, two[0].variables);
                // If one has variables wherever the other has, the other is more specific and wins.
                if left & !right == 0 || right & !left == 0 {
                    continue;
                }
                let fixed = !(left | right);
                let key = |it: &Pattern| fingerprint(None, at_places(&routes[it.route].key.value, fixed));
                let mut by_text: FxHashMap<u64, Vec<RouteId>> = FxHashMap::default();
                for it in *one {
                    by_text.entry(key(it)).or_default().push(it.route);
                }
                for it in *two {
                    for partner in by_text.get(&key(it)).into_iter().flatten().take(PARTNERS) {
                        let (first, second) = (it.route.min(*partner), it.route.max(*partner));
                        let (first, second) = (&routes[first], &routes[second]);
                        let both = || overlap(&first.key.value, &second.key.value);
                        let served = served.get_or_insert_with(|| {
                            let key =
                                |it: &Route| fingerprint(it.key.value.method(), it.key.value.segments());
                            routes.values().map(key).collect()
                        });
                        let is_served = [it.method, Method::Any]
                            .into_iter()
                            .any(|method| served.contains(&fingerprint(Some(method), both())));
                        let equal = |one: &RouteKey, two| at_places(one, fixed).eq(at_places(two, fixed));
                        if !is_served && equal(&first.key.value, &second.key.value) {
                            report(first, second, &text(both()), out);
                        }
                    }
                }
            }
        }
    }
}

fn report(first: &Route, second: &Route, path: &str, out: &mut Findings) {
    let (earlier, key) = (first.key.value.as_str(), second.key.value.as_str());
    let method = second.key.value.method().map_or("ANY", Method::as_str);
    out.report(second.key.span, format!("`{key}` and `{earlier}` both take `{path}`"))
        .label(first.key.span, "the other one")
        .help(format!("add `{method} {path}` to say which of them answers: AWS does not"));
}

fn pattern(route: RouteId, key: &RouteKey) -> Option<Pattern> {
    let (method, mut variables, mut length) = (key.method()?, 0, 0);
    for segment in key.segments() {
        match segment {
            Segment::Literal(_) => {}
            Segment::Variable(_) if length < 64 => variables |= 1 << length,
            _ => return None,
        }
        length += 1;
    }
    (variables != 0 && length <= 64).then_some(Pattern { method, length, variables, route })
}

/// The segments of a path at the places whose bits are set.
fn at_places(key: &RouteKey, bits: u64) -> impl Iterator<Item = Segment<'_>> {
    key.segments().enumerate().filter(move |(at, _)| bits & (1 << at) != 0).map(|it| it.1)
}

/// The path that two paths both take.
fn overlap<'r>(one: &'r RouteKey, two: &'r RouteKey) -> impl Iterator<Item = Segment<'r>> {
    one.segments().zip(two.segments()).map(|(one, two)| match one {
        Segment::Literal(_) => one,
        _ => two,
    })
}

fn fingerprint<'r>(method: Option<Method>, segments: impl Iterator<Item = Segment<'r>>) -> u64 {
    let mut hasher = FxHasher::default();
    method.hash(&mut hasher);
    segments.for_each(|it| nameless(it).hash(&mut hasher));
    hasher.finish()
}

fn text<'r>(segments: impl Iterator<Item = Segment<'r>>) -> String {
    let mut out = String::new();
    for segment in segments {
        match segment {
            Segment::Literal(it) => out.push_str(&format!("/{it}")),
            Segment::Variable(it) => out.push_str(&format!("/{{{it}}}")),
            Segment::Greedy(it) => out.push_str(&format!("/{{{it}+}}")),
        }
    }
    out
}
