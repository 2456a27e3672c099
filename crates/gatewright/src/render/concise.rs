//! One line for each finding: `file:line:column: severity[rule] message`, with `[*]` where `--fix` helps.

use std::fmt::Write as _;

use gatewright_compiler::Compilation;
use gatewright_compiler::source::Safety;

use super::{message, place};
use crate::visible::visible;

pub(crate) fn render(compilation: &Compilation, out: &mut String) {
    for it in &compilation.diagnostics {
        let at = place(compilation, it.span);
        let (line, column) = (at.start.line, at.start.column);
        let severity = it.severity.as_str();
        let is_fixable = it.fix.as_ref().is_some_and(|it| it.safety == Safety::Safe);
        let fixable = if is_fixable { " [*]" } else { "" };
        let _ = writeln!(
            out,
            "{}:{line}:{column}: {severity}[{}]{fixable} {}",
            visible(at.file),
            it.rule,
            message(it).replace('\n', " ")
        );
    }
}
