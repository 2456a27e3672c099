use gatewright_ir::Segment;
use gatewright_source::Severity;

use super::siblings::{Sibling, shown, siblings};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "renamed-path-variable",
    page: include_str!("renamed_path_variable.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    // In REST APIs it is a mistake of its own.
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let is_single = |it| matches!(it, Segment::Variable(_));
    for Sibling { this, span, first, first_span } in siblings(cx, is_single) {
        let (this, first) = (shown(this), shown(first));
        out.report(span, format!("`{this}` is called `{first}` in another route"))
            .label(first_span, "the other one")
            .help(format!("name both alike, such as `{first}`"));
    }
}
