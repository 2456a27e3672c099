use std::borrow::Cow;

use gatewright_ir::{Raw, Span};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::rules::cloudformation::property::{entries, is_absent, is_whole, items, literal};
use crate::rules::openapi::definition::operations;
use crate::rules::openapi::reference::parameters;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undeclared-request-parameter",
    page: include_str!("undeclared_request_parameter.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

/// What an integration takes of a request begins so.
const START: &str = "method.request.";

fn check(cx: &Context<'_>, out: &mut Findings) {
    if let Some(definition) = cx.ir.provenance.definition() {
        in_definition(definition, out);
    }
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for method in template.of_type("AWS::ApiGateway::Method") {
        let Some(of) = method.properties() else { continue };
        let Some(integration) = of.get("Integration").filter(|it| is_whole(it)) else { continue };
        let declared = entries(of).iter().find(|it| &*it.0.value == "RequestParameters");
        if declared.is_some_and(|it| !is_whole(&it.1)) && !is_absent(of, "RequestParameters") {
            continue;
        }
        let names: Vec<&str> =
            declared.map(|it| entries(&it.1)).unwrap_or_default().iter().map(|it| &*it.0.value).collect();
        for (text, span) in taken(integration, ["RequestParameters", "CacheKeyParameters"]) {
            let Some(wanted) = undeclared(text, |wanted| names.iter().any(|it| is_same(it, wanted))) else {
                continue;
            };
            let is_needed = wanted.starts_with("method.request.path.");
            let value = Written::flag(is_needed);
            let edit = match declared {
                Some((_, map)) if !entries(map).is_empty() => {
                    Some(Edit::AddInto { collection: map.span, key: Some(wanted.to_string()), value })
                }
                Some(_) => None,
                None => {
                    entries(of).iter().find(|it| &*it.0.value == "Integration").map(|it| Edit::AddBeside {
                        entry: it.0.span,
                        key: "RequestParameters".to_owned(),
                        value: Written::Mapping(vec![(wanted.to_string(), value)]),
                    })
                }
            };
            let title =
                format!("declare it under `RequestParameters` of the method: `{wanted}: {is_needed}`");
            let message = format!("`{}` does not declare `{}`", method.id.value, shown(text));
            let finding = out.report(span, message).help(title.clone());
            // Two that lack the whole mapping would both add it.
            if let Some(edit) = edit {
                finding.fix(Fix::safe(title, [edit]));
            }
        }
    }
}

fn in_definition(definition: &Raw, out: &mut Findings) {
    for operation in operations(definition) {
        let Some(integration) = operation.it.get("x-amazon-apigateway-integration") else { continue };
        if !is_whole(integration) {
            continue;
        }
        let Some(declared) = parameters(definition, &operation) else { continue };
        let is_declared = |wanted: &str| {
            let (place, name) =
                wanted.strip_prefix(START).and_then(|it| it.split_once('.')).unwrap_or_default();
            let place = if place == "querystring" { "query" } else { place };
            declared.iter().filter(|it| it.place == place).any(|it| {
                let text = it.name.as_str().unwrap_or_default();
                text == name
                    || place == "header" && text.eq_ignore_ascii_case(name)
                    || text.trim_end_matches('+') == name
            })
        };
        for (text, span) in taken(integration, ["requestParameters", "cacheKeyParameters"]) {
            if undeclared(text, is_declared).is_some() {
                out.report(span, format!("`{}` does not declare `{}`", operation, shown(text)))
                    .help("add it to the `parameters` of the operation");
            }
        }
    }
}

/// The texts by which an integration takes something of a request.
fn taken<'t>(integration: &'t Raw, [mapped, cached]: [&str; 2]) -> Vec<(&'t str, Span)> {
    let mapped = integration.get(mapped).map(entries).unwrap_or_default().iter().map(|it| &it.1);
    mapped.chain(items(integration.get(cached))).filter_map(literal).collect()
}

/// The parameter that a text takes, if it has to be declared and is not. The body is always there.
fn undeclared(text: &str, is_declared: impl Fn(&str) -> bool) -> Option<Cow<'_, str>> {
    let (place, name) = text.strip_prefix(START)?.split_once('.')?;
    let wanted: Cow<'_, str> = match place {
        "path" | "querystring" | "header" => text.into(),
        "multivaluequerystring" => format!("{START}querystring.{name}").into(),
        "multivalueheader" => format!("{START}header.{name}").into(),
        _ => return None,
    };
    (!name.is_empty() && !is_declared(&wanted)).then_some(wanted)
}

/// Whether two parameters are the same: the case of headers has no meaning.
fn is_same(one: &str, other: &str) -> bool {
    one == other || one.starts_with("method.request.header.") && one.eq_ignore_ascii_case(other)
}
