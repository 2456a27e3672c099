use gatewright_ir::{Data, Raw, Span};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use crate::rules::cloudformation::property::{entries, is_absent, is_whole, items, word};
use crate::rules::cloudformation::template::text;
use crate::rules::openapi::definition::{and_more, operations};
use crate::rules::openapi::reference::found;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undeclared-method-response",
    page: include_str!("undeclared_method_response.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::BODIES,
    check: Check::Api(check),
};

/// What headers of answers begin with.
const HEADER: &str = "method.response.header.";

/// An answer as the integration makes it.
struct Answer<'t> {
    status: String,
    span: Span,
    headers: Vec<(&'t str, Span)>,
}

fn check(cx: &Context<'_>, out: &mut Findings) {
    if let Some(definition) = cx.ir.provenance.definition() {
        in_definition(definition, out);
    }
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for method in template.of_type("AWS::ApiGateway::Method") {
        let Some(of) = method.properties() else { continue };
        let Some(integration) = of.get("Integration").filter(|it| is_whole(it)) else { continue };
        // What is written about the answers of a proxy says nothing.
        if word(integration, "Type").is_none_or(|it| it.0.ends_with("_PROXY")) {
            continue;
        }
        let declared = of.get("MethodResponses");
        let Some(known) =
            declarations(declared).filter(|_| declared.is_some() || is_absent(of, "MethodResponses"))
        else {
            continue;
        };
        for it in items(integration.get("IntegrationResponses")) {
            let Some(answer) = answer(it, "StatusCode", "ResponseParameters") else { continue };
            let id = &method.id.value;
            let Some((_, response)) = known.iter().find(|it| it.0 == answer.status) else {
                let status = &answer.status;
                let message = format!("`{id}` answers with {status}, and declares no such response");
                let title = format!("add `StatusCode: {status}` to `MethodResponses`");
                let finding = out.report(answer.span, message).help(title.clone());
                if let Some(list) = declared.filter(|it| !items(Some(it)).is_empty()) {
                    let new = Written::Mapping(vec![("StatusCode".to_owned(), Written::text(status))]);
                    let edit = Edit::AddInto { collection: list.span, key: None, value: new };
                    finding.fix(Fix::safe(title, [edit]));
                }
                continue;
            };
            let parameters = response.get("ResponseParameters");
            if parameters.is_some_and(|it| !is_whole(it)) {
                continue;
            }
            let names = parameters.map(entries).unwrap_or_default();
            let whole = |header: &str| format!("{HEADER}{header}");
            let is_declared =
                |header: &str| names.iter().any(|it| it.0.value.eq_ignore_ascii_case(&whole(header)));
            let missing: Vec<_> = answer.headers.into_iter().filter(|it| !is_declared(it.0)).collect();
            let Some((first, span)) = missing.first().copied() else { continue };
            let of = format!("`{id}`");
            let title = format!("add `{}: false` to the method's response {}", whole(first), answer.status);
            let finding =
                out.report(span, undeclared_header(&of, &missing, &answer.status)).help(title.clone());
            let declaration = |header| (whole(header), Written::flag(false));
            let edit = match parameters {
                // A mapping takes one new entry at a time.
                Some(map) if !names.is_empty() => {
                    let (key, value) = declaration(first);
                    Some(Edit::AddInto { collection: map.span, key: Some(key), value })
                }
                Some(_) => None,
                None => entries(response).first().map(|it| Edit::AddBeside {
                    entry: it.0.span,
                    key: "ResponseParameters".to_owned(),
                    value: Written::Mapping(missing.iter().map(|it| declaration(it.0)).collect()),
                }),
            };
            if let Some(edit) = edit {
                finding.fix(Fix::safe(title, [edit]));
            }
        }
    }
}

/// What is said of headers that a response does not declare.
fn undeclared_header(of: &str, missing: &[(&str, Span)], status: &str) -> String {
    let (first, others) = (missing.first().map_or("", |it| it.0), missing.len().saturating_sub(1));
    format!(
        "{of} sets the header `{first}`{}, and its response {status} does not declare it",
        and_more(others)
    )
}

/// The responses that a method declares, by status; nothing if one of them is not known.
fn declarations(list: Option<&Raw>) -> Option<Vec<(String, &Raw)>> {
    let Some(list) = list else { return Some(Vec::new()) };
    let Data::List(items) = &list.data else { return None };
    items.iter().map(|it| Some((known_text(it.get("StatusCode")?)?, it)).filter(|_| is_whole(it))).collect()
}

fn known_text(it: &Raw) -> Option<String> {
    text(it).filter(|it| !it.contains("${"))
}

fn answer<'t>(it: &'t Raw, status: &str, parameters: &str) -> Option<Answer<'t>> {
    let status = it.get(status).filter(|_| is_whole(it))?;
    let headers = it.get(parameters).map(entries).unwrap_or_default().iter();
    let headers = headers.filter_map(|it| Some((it.0.value.strip_prefix(HEADER)?, it.0.span))).collect();
    Some(Answer { status: known_text(status)?, span: status.span, headers })
}

fn in_definition(definition: &Raw, out: &mut Findings) {
    for operation in operations(definition) {
        let Some(integration) = operation.it.get("x-amazon-apigateway-integration") else { continue };
        let of = integration.get("type").and_then(Raw::as_str).unwrap_or_default().to_ascii_lowercase();
        if !matches!(&*of, "aws" | "http" | "mock") || !is_whole(integration) || !is_whole(operation.it) {
            continue;
        }
        let declared = operation.it.get("responses");
        // `default` and `4XX` may stand for anything.
        let is_open = |key: &str| key == "default" || key.contains(['x', 'X']);
        if declared.is_some_and(|it| !is_whole(it) || entries(it).iter().any(|it| is_open(&it.0.value))) {
            continue;
        }
        let known = declared.map(entries).unwrap_or_default();
        for (_, it) in integration.get("responses").map(entries).unwrap_or_default() {
            let Some(answer) = answer(it, "statusCode", "responseParameters") else { continue };
            let route = operation.to_string();
            let Some((_, response)) = known.iter().find(|it| *it.0.value == *answer.status) else {
                let message =
                    format!("`{route}` answers with {}, and declares no such response", answer.status);
                out.report(answer.span, message)
                    .help(format!("add `\"{}\"` to the `responses` of the operation", answer.status));
                continue;
            };
            let Some(response) = found(definition, response) else { continue };
            let headers = response.get("headers");
            if headers.is_some_and(|it| !is_whole(it) || it.get("$ref").is_some()) {
                continue;
            }
            let names = headers.map(entries).unwrap_or_default();
            let is_declared = |header: &str| names.iter().any(|it| it.0.value.eq_ignore_ascii_case(header));
            let missing: Vec<_> = answer.headers.into_iter().filter(|it| !is_declared(it.0)).collect();
            if let Some((_, span)) = missing.first().copied() {
                out.report(span, undeclared_header(&format!("`{route}`"), &missing, &answer.status))
                    .help(format!("add it to the `headers` of the response {}", answer.status));
            }
        }
    }
}
