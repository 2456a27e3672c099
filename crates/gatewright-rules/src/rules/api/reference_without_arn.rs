use gatewright_source::Severity;

use super::arns::{Written, named, visit};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "reference-without-arn",
    page: include_str!("reference_without_arn.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let named = named(cx.ir);
    if named.is_empty() {
        return;
    }
    visit(cx.ir, &mut |_, span, written| {
        let Written::Deferred(raw) = written else { return };
        if let Some(("Ref", argument)) = raw.function()
            && let Some(name) = argument.as_str()
            && let Some(it) = named.get(name)
        {
            out.report(span, format!("`!Ref {name}` is the {} of the resource, not its ARN", it.what))
                .label(it.span, "the resource")
                .help(format!("write `{}`", it.arn()));
        }
    });
}
