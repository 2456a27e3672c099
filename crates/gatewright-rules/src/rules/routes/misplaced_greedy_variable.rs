use gatewright_ir::{Route, RouteId, Segment};
use gatewright_source::Severity;

use super::part::part;
use super::shape::places;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "misplaced-greedy-variable",
    page: include_str!("misplaced_greedy_variable.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    let key = &route.key;
    // A slash at the end is another mistake, and so is an empty segment.
    let mut rest = places(&key.value).filter(|it| it.1 != Segment::Literal(""));
    let Some((at, Segment::Greedy(name))) = rest.by_ref().find(|it| matches!(it.1, Segment::Greedy(_)))
    else {
        return;
    };
    if rest.next().is_some() {
        let place = part(cx, key.span, key.value.as_str(), at);
        out.report(place, format!("`{{{name}+}}` is not at the end of the path"))
            .help(format!("move it to the end, or write `{{{name}}}` for one segment"));
    }
}
