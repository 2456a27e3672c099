use gatewright_ir::Domain;
use gatewright_source::{Severity, Span};
use rustc_hash::FxHashMap;

use super::written::mappings;
use crate::rules::cloudformation::template::{Template, text};
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
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for domain in cx.ir.domains.values() {
        within(domain, out);
    }
    if let Some(template) = cx.template().filter(|_| cx.is_first) {
        across(template, out);
    }
}

/// Two mappings of one API.
fn within(domain: &Domain, out: &mut Findings) {
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

/// Mappings of two APIs of a template.
fn across(template: &Template<'_>, out: &mut Findings) {
    let mut seen = FxHashMap::default();
    for it in mappings(template) {
        let (Some(path), Some(api)) = (it.path(), text(it.api)) else { continue };
        let Some((first, other)) = seen.get(&(it.domain.clone(), path.clone())) else {
            seen.insert((it.domain.clone(), path), (it.resource, api));
            continue;
        };
        // Of two under conditions only one may be there.
        if *other == api || first.condition.is_some() || it.resource.condition.is_some() {
            continue;
        }
        let (id, first_id) = (&it.resource.id.value, &first.id.value);
        out.report(it.resource.id.span, format!("`{id}` maps the same path of the domain as `{first_id}`"))
            .label(first.id.span, "first mapped here")
            .help("keep one of them");
    }
}
