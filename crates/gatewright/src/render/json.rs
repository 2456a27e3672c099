//! JSON: one document, or one object a line.

use std::fmt::Write as _;

use gatewright_compiler::Compilation;
use gatewright_compiler::rules;
use gatewright_compiler::source::{Diagnostic, Fix, Replacement, Severity, Span};
use serde_json::{Value, json};

use super::{answer, message, place};

/// All findings of all files, and how many there are.
pub(crate) fn document(compilations: &[Compilation]) -> String {
    let diagnostics: Vec<Value> =
        compilations.iter().flat_map(|it| it.diagnostics.iter().map(|found| object(it, found))).collect();
    let count = |severity| {
        compilations.iter().flat_map(|it| &it.diagnostics).filter(|it| it.severity == severity).count()
    };
    let document = json!({
        "version": 1,
        "files": compilations.len(),
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "diagnostics": diagnostics,
    });
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// One object a line.
pub(crate) fn lines(compilation: &Compilation, out: &mut String) {
    for it in &compilation.diagnostics {
        let _ = writeln!(out, "{}", object(compilation, it));
    }
}

fn object(compilation: &Compilation, it: &Diagnostic) -> Value {
    let labels: Vec<Value> = it
        .labels
        .iter()
        .map(|label| {
            let mut value = range(compilation, label.span);
            value["message"] = label.message.clone().into();
            value
        })
        .collect();
    let mut value = json!({
        "rule": it.rule,
        "severity": it.severity.as_str(),
        "category": rules::find(it.rule).map_or("correctness", |it| it.category.as_str()),
        "message": message(it),
        "help": it.help,
        "answer": answer(it),
    });
    if let (Value::Object(value), Value::Object(range)) = (&mut value, range(compilation, it.span)) {
        value.extend(range);
        value.insert("labels".to_owned(), labels.into());
        let fixes: Vec<Value> = it.fix.iter().map(|it| fix(compilation, it)).collect();
        value.insert("fixes".to_owned(), fixes.into());
    }
    value
}

/// Text in place of text, all of it or nothing.
fn fix(compilation: &Compilation, it: &Fix) -> Value {
    let replacement = |it: &Replacement| {
        let mut value = range(compilation, it.span);
        value["text"] = it.text.clone().into();
        value
    };
    let replacements: Vec<Value> = it.replacements.iter().map(replacement).collect();
    json!({ "title": it.title, "safety": it.safety.as_str(), "replacements": replacements })
}

/// Lines and columns count from one, columns in characters; offsets are bytes from zero.
fn range(compilation: &Compilation, span: Span) -> Value {
    let at = place(compilation, span);
    json!({
        "file": at.file,
        "start": { "line": at.start.line, "column": at.start.column, "offset": at.bytes.start },
        "end": { "line": at.end.line, "column": at.end.column, "offset": at.bytes.end },
    })
}
