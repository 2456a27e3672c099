use gatewright_ir::Segment;
use gatewright_source::Severity;

use super::siblings::{Sibling, shown, siblings};
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

fn check(cx: &Context<'_>, out: &mut Findings) {
    for Sibling { this, span, first, first_span } in siblings(cx, |_| true) {
        let is_greedy = |it| matches!(it, Segment::Greedy(_));
        let (one, other) = (shown(this), shown(first));
        out.report(span, format!("`{one}` stands beside `{other}`: only one variable can"))
            .label(first_span, "the other one")
            .help(if is_greedy(this) == is_greedy(first) {
                format!("name both alike, such as `{other}`")
            } else if is_greedy(this) {
                format!("keep one of them: `{one}` takes single segments, too")
            } else {
                format!("keep one of them: `{other}` takes single segments, too")
            });
    }
}
