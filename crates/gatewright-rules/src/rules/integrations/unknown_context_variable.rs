use gatewright_ir::{ApiKind, Integration, IntegrationId};
use gatewright_source::{Severity, Span, did_you_mean};

use super::mapping::{expressions, sources, templates};
use crate::rules::routes::part::part;
use crate::rules::stages::log_variables::{Reader, Support, names, replacement, support, used};
use crate::rules::words::apis;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-context-variable",
    page: include_str!("unknown_context_variable.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let kind = cx.ir.api.kind;
    for it in sources(integration) {
        let Some(text) = it.value.as_str() else { continue };
        let mut seen: Vec<&str> = Vec::new();
        // In REST and WebSocket APIs, an expression is all of the text.
        let whole = Some(text).filter(|_| kind != ApiKind::Http);
        for name in expressions(text).chain(whole).filter_map(|it| it.strip_prefix("context.")) {
            if !name.is_empty() && !seen.contains(&name) {
                seen.push(name);
                variable(name, kind, it.span, it.span, out);
            }
        }
    }
    for it in templates(integration) {
        let Some(text) = &it.text else { continue };
        let mut seen: Vec<&str> = Vec::new();
        for (at, name) in used(text) {
            let name = property(name, &text[at.end..], kind);
            if name.is_empty() || seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let place = if it.file.is_some() { it.span } else { part(cx, it.span, text, at) };
            variable(name, kind, place, it.span, out);
        }
    }
}

/// What of a name in a template is a variable: what is called on its value is none.
fn property<'t>(name: &'t str, rest: &str, kind: ApiKind) -> &'t str {
    let name = if rest.starts_with('(') { name.rsplit_once('.').map_or("", |it| it.0) } else { name };
    let mut known = names(Reader::Mapping(kind));
    let inside = known.find(|it| name.strip_prefix(*it).is_some_and(|it| it.starts_with('.')));
    // A part of the tree, to which a variable is set or through which a loop goes.
    let is_tree = |it: &str| it.strip_prefix(name).is_some_and(|it| it.starts_with('.'));
    let trees = [
        "requestOverride.header.",
        "requestOverride.querystring.",
        "requestOverride.path.",
        "responseOverride.header.",
    ];
    match inside {
        Some(known) => known,
        None if trees.into_iter().chain(names(Reader::Mapping(kind))).any(is_tree) => "",
        None => name,
    }
}

fn variable(name: &str, kind: ApiKind, place: Span, text: Span, out: &mut Findings) {
    let reader = Reader::Mapping(kind);
    let message = match support(name, reader) {
        Support::Full | Support::Doubtful(_) => return,
        Support::Elsewhere if kind == ApiKind::Http => format!("HTTP APIs have no `$context.{name}`"),
        Support::Elsewhere => format!("mappings of {} have no `$context.{name}`", apis(kind)),
        Support::Unknown => format!("the variable `$context.{name}` is not known"),
    };
    let nested = format!("identity.{name}");
    let near = names(reader)
        .find(|it| *it == nested)
        .or_else(|| replacement(name, reader))
        .or_else(|| did_you_mean(name, names(reader)));
    out.report(place, message).within(text).help(match near {
        Some(near) => format!("did you mean `$context.{near}`?"),
        None if kind == ApiKind::Http => {
            "take one that access logs know, or leave it out: it is empty".to_owned()
        }
        None => "leave it out: it is empty".to_owned(),
    });
}
