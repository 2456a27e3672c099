use gatewright_source::{MOST_SUGGESTIONS, Severity, did_you_mean};
use rustc_hash::FxHashSet;

use super::references::References;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unused-parameter",
    page: include_str!("unused_parameter.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::GATEWRIGHT,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let template = &cx.ir.template;
    if template.parameters.is_empty() {
        return;
    }
    let references = References::of(cx.ir);
    let unused: Vec<_> =
        template.parameters.iter().filter(|it| !references.contains(&it.name.value)).collect();
    if unused.is_empty() {
        return;
    }
    // A misspelled reference was reported: the parameter that it means is used.
    let mut known: FxHashSet<String> = cx.ir.generated().into_iter().map(|it| it.0).collect();
    known.extend(template.resources.iter().map(|it| it.0.value.to_string()));
    known.extend(template.parameters.iter().map(|it| it.name.value.to_string()));
    let misspelled: Vec<&str> =
        references.iter().filter(|it| !known.contains(*it) && !it.starts_with("AWS::")).collect();
    // Where so many are, it cannot be said which parameters they mean.
    if misspelled.len() > MOST_SUGGESTIONS {
        return;
    }
    for it in unused {
        if did_you_mean(&it.name.value, misspelled.iter().copied()).is_none() {
            out.report(it.name.span, format!("nothing refers to the parameter `{}`", it.name.value))
                .help("remove it, or use it with `!Ref` or `!Sub`");
        }
    }
}
