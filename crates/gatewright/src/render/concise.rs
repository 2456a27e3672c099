//! One line for each finding: `file:line:column: severity[rule] message`.

use std::fmt::Write as _;

use gatewright_compiler::Compilation;

use super::{message, place};
use crate::visible::visible;

pub(crate) fn render(compilation: &Compilation, out: &mut String) {
    for it in &compilation.diagnostics {
        let at = place(compilation, it.span);
        let (line, column) = (at.start.line, at.start.column);
        let severity = it.severity.as_str();
        let _ = writeln!(
            out,
            "{}:{line}:{column}: {severity}[{}] {}",
            visible(at.file),
            it.rule,
            message(it).replace('\n', " ")
        );
    }
}
