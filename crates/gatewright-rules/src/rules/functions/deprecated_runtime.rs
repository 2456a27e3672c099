use gatewright_ir::{Function, FunctionId};
use gatewright_source::Severity;

use super::runtimes::{RETIRED, of, successor};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "deprecated-runtime",
    page: include_str!("deprecated_runtime.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Function(check),
};

fn check(_: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    let Some((name, span)) = of(function) else { return };
    let Some((_, creatable)) = RETIRED.iter().find(|it| it.0 == name) else { return };
    let message = if *creatable {
        format!("the runtime `{name}` gets no security updates any more")
    } else {
        format!("Lambda creates no functions with the runtime `{name}` any more")
    };
    out.report(span, message).help(format!("move to a newer one: `{}`", successor(name)));
}
