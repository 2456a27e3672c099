//! SARIF 2.1.0, for code scanning.

use gatewright_compiler::rules;
use gatewright_compiler::source::{Diagnostic, Fix, Safety, Severity, Span};
use gatewright_compiler::{Compilation, logical_paths};
use serde_json::{Value, json};

use super::{Place, explain, help, message, place};
use crate::disk::sha256;
use crate::visible::visible;

/// One run with all findings of all files.
pub(crate) fn render(compilations: &[Compilation]) -> String {
    let known: Vec<&rules::Rule> = rules::all().collect();
    let descriptors: Vec<Value> = known.iter().map(|it| descriptor(it)).collect();
    let results: Vec<Value> = compilations
        .iter()
        .flat_map(|it| {
            let found = it.diagnostics.iter().chain(it.allowed.iter().map(|it| &it.finding));
            let paths = logical_paths(&it.sources, found.clone().map(|it| it.span));
            let mut all: Vec<Value> =
                found.zip(paths).map(|(found, path)| result(it, found, &path, &known)).collect();
            for (value, allowed) in all[it.diagnostics.len()..].iter_mut().zip(&it.allowed) {
                value["suppressions"] = json!([{
                    "kind": "inSource",
                    "justification": visible(&allowed.reason),
                    "location": location(it, allowed.by),
                }]);
            }
            all
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Gatewright",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": descriptors,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn descriptor(rule: &rules::Rule) -> Value {
    let page = rules::Page::parse(rule.page);
    json!({
        "id": rule.name,
        "shortDescription": { "text": page.summary },
        "help": { "text": format!("Run `{}`.", explain(rule.name)), "markdown": rule.page },
        "defaultConfiguration": { "level": rule.severity.as_str() },
        "properties": { "category": rule.category.as_str(), "tags": ["api-gateway", rule.category.as_str()] },
    })
}

fn result(compilation: &Compilation, it: &Diagnostic, path: &str, known: &[&rules::Rule]) -> Value {
    let mut text = message(it);
    if let Some(help) = help(it) {
        text = format!("{text}\n{help}");
    }
    let mut value = json!({
        "ruleId": it.rule,
        "level": match it.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "message": { "text": text },
        "locations": [location(compilation, it.span)],
        // The same finding after its lines were moved.
        "partialFingerprints": { "logicalPath/v1": sha256(&format!("{}\n{path}", it.rule)) },
    });
    if !path.is_empty() {
        value["locations"][0]["logicalLocations"] = json!([{ "fullyQualifiedName": visible(path) }]);
    }
    if let Some(index) = known.iter().position(|rule| rule.name == it.rule) {
        value["ruleIndex"] = index.into();
    }
    if !it.labels.is_empty() {
        let related: Vec<Value> = it
            .labels
            .iter()
            .enumerate()
            .map(|(id, label)| {
                let mut value = location(compilation, label.span);
                value["id"] = id.into();
                let message = if label.message.is_empty() { "related" } else { &label.message };
                value["message"] = json!({ "text": message });
                value
            })
            .collect();
        value["relatedLocations"] = related.into();
    }
    if let Some(it) = &it.fix {
        value["fixes"] = json!([fix(compilation, it)]);
    }
    value
}

/// Text in place of text, by file. What is unsafe says so: viewers offer it as it is.
fn fix(compilation: &Compilation, it: &Fix) -> Value {
    let mut changes: Vec<(&str, Vec<Value>)> = Vec::new();
    for it in &it.replacements {
        let at = place(compilation, it.span);
        let replacement = json!({ "deletedRegion": region(&at), "insertedContent": { "text": it.text } });
        match changes.iter_mut().find(|it| it.0 == at.file) {
            Some(known) => known.1.push(replacement),
            None => changes.push((at.file, vec![replacement])),
        }
    }
    let change = |(file, replacements): (&str, Vec<Value>)| json!({ "artifactLocation": { "uri": uri(file) }, "replacements": replacements });
    let text = match it.safety {
        Safety::Safe => it.title.clone(),
        Safety::Unsafe => format!("{} (unsafe)", it.title),
    };
    json!({
        "description": { "text": text },
        "artifactChanges": changes.into_iter().map(change).collect::<Vec<Value>>(),
    })
}

fn location(compilation: &Compilation, span: Span) -> Value {
    let at = place(compilation, span);
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(at.file) },
            "region": region(&at),
        },
    })
}

fn region(at: &Place<'_>) -> Value {
    json!({
        "startLine": at.start.line,
        "startColumn": at.start.column,
        "endLine": at.end.line,
        "endColumn": at.end.column,
    })
}

/// A path as a relative URI reference.
fn uri(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte.into())
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}
