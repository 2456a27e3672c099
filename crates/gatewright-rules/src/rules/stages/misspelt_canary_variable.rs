use gatewright_ir::{Stage, StageId};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "misspelt-canary-variable",
    page: include_str!("misspelt_canary_variable.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Stage(check),
};

fn check(_: &Context<'_>, _: StageId, stage: &Stage, out: &mut Findings) {
    let Some(canary) = stage.canary.as_ref().filter(|_| !stage.variables_unknown) else { return };
    let known: FxHashSet<&str> = stage.variables.iter().map(|it| &*it.0.value).collect();
    let own: FxHashSet<&str> = canary.variables.iter().map(|it| &*it.0.value).collect();
    for (name, _) in &canary.variables {
        if known.contains(&*name.value) {
            continue;
        }
        // A canary may bring variables of its own, so that only a likely mistake is told.
        let near = out.did_you_mean(&name.value, stage.variables.iter().map(|it| &*it.0.value));
        if let Some(near) = near.filter(|it| !own.contains(it)) {
            let message = format!("the stage `{}` has no variable `{}`", stage.name.value, name.value);
            out.report(name.span, message).help(format!("did you mean `{near}`?"));
        }
    }
}
