//! Renderers: diagnostics for people and for machines.

pub(crate) mod checkstyle;
pub(crate) mod concise;
pub(crate) mod full;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod sarif;
pub(crate) mod statistics;
mod xml;

use gatewright_compiler::Compilation;
use gatewright_compiler::rules;
use gatewright_compiler::source::{Diagnostic, LineColumn, Severity, Span};

use crate::visible::visible;

/// Terminal codes; `anstream` takes them away where there is no terminal.
pub(crate) const BOLD: &str = "\x1b[1m";
pub(crate) const BOLD_RED: &str = "\x1b[1;31m";
pub(crate) const BOLD_YELLOW: &str = "\x1b[1;33m";
pub(crate) const DIM: &str = "\x1b[2m";
pub(crate) const GREEN: &str = "\x1b[32m";
pub(crate) const RED: &str = "\x1b[31m";
pub(crate) const RESET: &str = "\x1b[0m";

/// A place as renderers write it.
pub(crate) struct Place<'c> {
    pub(crate) file: &'c str,
    pub(crate) start: LineColumn,
    pub(crate) end: LineColumn,
    /// Bytes from the start of the file.
    pub(crate) bytes: std::ops::Range<usize>,
}

/// Where a span is.
pub(crate) fn place(compilation: &Compilation, span: Span) -> Place<'_> {
    match compilation.sources.file_of(span) {
        Some(file) => {
            let bytes = file.local(span);
            Place {
                file: file.name(),
                start: file.line_column(bytes.start),
                end: file.line_column(bytes.end),
                bytes,
            }
        }
        None => {
            let first = LineColumn { line: 1, column: 1 };
            Place { file: "", start: first, end: first, bytes: 0..0 }
        }
    }
}

/// A message, safe to show: a name of ten megabytes is not shown whole.
pub(crate) fn message(it: &Diagnostic) -> String {
    const LONGEST: usize = 400;
    let text = visible(&it.message);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}

/// What AWS would answer, where it rejects what a finding is about. What cannot even be read as an API never gets there.
pub(crate) fn answer(it: &Diagnostic) -> Option<String> {
    let rule = rules::find(it.rule).filter(|it| it.severity == Severity::Error)?;
    if matches!(rule.check, rules::Check::Earlier) {
        return None;
    }
    rules::Page::parse(rule.page).answer()
}

/// What to do, and what AWS would answer.
pub(crate) fn help(it: &Diagnostic) -> Option<String> {
    let help = it.help.as_deref().map(|it| visible(it).into_owned());
    let answer = answer(it).map(|it| format!("AWS answers: {it}"));
    match (help, answer) {
        (Some(help), Some(answer)) => Some(format!("{help}\n{answer}")),
        (help, answer) => help.or(answer),
    }
}

/// Where the page of a rule is.
pub(crate) fn explain(rule: &str) -> String {
    format!("gatewright explain {rule}")
}
