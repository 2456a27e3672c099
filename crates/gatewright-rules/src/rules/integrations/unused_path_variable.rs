use gatewright_ir::{ApiKind, Backend, Generated, Integration, Located, Route, RouteId, Segment, Value};
use gatewright_source::{Severity, Text};

use super::mapping::templates;
use crate::rules::routes::part::part;
use crate::rules::routes::shape::places;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unused-path-variable",
    page: include_str!("unused_path_variable.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, id: RouteId, route: &Route, out: &mut Findings) {
    let ir = cx.ir;
    let Some(integration) = route.target.integration().map(|it| &ir.integrations[it]) else { return };
    let Some(uri) =
        url(integration, ir.api.kind).filter(|_| !ir.provenance.is_deferred(Generated::Route(id)))
    else {
        return;
    };
    let Some(text) = uri.value.as_str().filter(|it| !it.contains("{proxy}")) else { return };
    if reads_whole_path(integration) {
        return;
    }
    let key = &route.key;
    for (at, segment) in places(&key.value) {
        let Segment::Variable(name) = segment else { continue };
        if name.is_empty() || text.contains(&format!("{{{name}}}")) || is_read(integration, name) {
            continue;
        }
        let message = format!("`{{{name}}}` of `{}` never reaches `{}`", key.value.as_str(), shown(text));
        out.report(part(cx, key.span, key.value.as_str(), at), message)
            .label(uri.span, "the same for every request")
            .help(format!("put `{{{name}}}` into the URL of the backend, or take it out of the path"));
    }
}

/// The URL of a backend, where the path that is called comes from nothing else.
fn url(it: &Integration, kind: ApiKind) -> Option<&Located<Text>> {
    match &it.backend {
        // Behind a VPC link, an HTTP API passes the path on.
        Backend::Http { uri, link, .. } if link.is_none() || kind != ApiKind::Http => Some(uri),
        _ => None,
    }
}

/// Whether something is made from the path as a whole, or from what is not known.
fn reads_whole_path(it: &Integration) -> bool {
    const WHOLE: [&str; 3] = ["request.path", "context.path", "context.resourcePath"];
    it.request_parameters.iter().any(|it| match &it.source.value {
        Value::Known(source) => {
            &*it.destination.value == "overwrite:path"
                || WHOLE.iter().any(|whole| source.split(*whole).skip(1).any(|rest| !rest.starts_with('.')))
        }
        Value::Deferred(_) => true,
    }) || templates(it).any(|it| {
        it.text.as_ref().is_none_or(|it| it.contains("$input.params()") || it.contains("context.path"))
    })
}

/// Whether a mapping or a template reads a variable.
fn is_read(it: &Integration, name: &str) -> bool {
    let reads = |source: &str| {
        source.split("request.path.").skip(1).any(|rest| {
            let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && !"_-.".contains(it));
            &rest[..end.unwrap_or(rest.len())] == name
        })
    };
    it.request_parameters.iter().any(|it| it.source.value.as_str().is_some_and(reads))
        || templates(it).any(|it| it.text.as_ref().is_some_and(|it| it.contains(name)))
}
