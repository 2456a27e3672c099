use gatewright_ir::{Domain, DomainId};
use gatewright_source::{Severity, Span};
use rustc_hash::FxHashMap;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-mapping-key",
    page: include_str!("duplicate_mapping_key.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

fn check(_: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
    for mapping in &domain.mappings {
        let Some(first) = seen.insert(mapping.path(), mapping.key.span) else { continue };
        let message = match mapping.path() {
            "" => format!("the root of `{}` is mapped twice", domain.name.value),
            path => format!("`{path}` of `{}` is mapped twice", domain.name.value),
        };
        out.report(mapping.key.span, message).label(first, "first mapped here").help("keep one of them");
    }
}
