use gatewright_ir::{Integration, IntegrationId};
use gatewright_source::Severity;

use super::pattern::written;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-default-response",
    page: include_str!("duplicate_default_response.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    // An empty pattern is none, which makes it a default.
    let is_default =
        |it: &&gatewright_ir::IntegrationResponse| it.is_default() || it.pattern.value.is_empty();
    let mut defaults = written(integration).iter().filter(is_default);
    let Some(first) = defaults.next() else { return };
    for it in defaults {
        out.report(it.pattern.span, format!("`{}` has two default responses", integration.name.value))
            .label(first.pattern.span, "the other one")
            .help("keep one of them, and give the other a pattern");
    }
}
