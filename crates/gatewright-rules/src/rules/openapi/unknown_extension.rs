use gatewright_source::{Edit, Fix, Safety, Severity};

use super::definition::keys;
use super::extensions::{EXTENSIONS, START, find};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-extension",
    page: include_str!("unknown_extension.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::PATHS,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(definition) = cx.ir.provenance.definition() else { return };
    for (_, key) in keys(definition) {
        let Some(name) = key.value.strip_prefix(START).filter(|_| find(&key.value).is_none()) else {
            continue;
        };
        // One that is like none of these may be newer than this list.
        let Some(near) = out.did_you_mean(name, EXTENSIONS.iter().map(|it| it.name)) else { continue };
        out.report(key.span, format!("API Gateway has no extension `{}`, and passes over it", key.value))
            .help(format!("did you mean `{START}{near}`?"))
            // The extension begins to work.
            .fix(Fix::needs_a_look(format!("write `{START}{near}`"), [Edit::reword(key.span, name, near)]));
    }
}
