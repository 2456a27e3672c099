//! Annotations of a GitHub workflow.

use std::fmt::Write as _;

use gatewright_compiler::Compilation;

use super::{help, message, place};

pub(crate) fn render(compilation: &Compilation, out: &mut String) {
    for it in &compilation.diagnostics {
        let at = place(compilation, it.span);
        let mut text = message(it);
        if let Some(help) = help(it) {
            let _ = write!(text, "\n{help}");
        }
        let _ = writeln!(
            out,
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            it.severity.as_str(),
            property(at.file),
            at.start.line,
            at.start.column,
            at.end.line,
            at.end.column.max(at.start.column + usize::from(at.end.line == at.start.line)),
            property(it.rule),
            data(&text)
        );
    }
}

/// Source: GitHub's `toolkit`, `packages/core/src/command.ts`, how commands are escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
