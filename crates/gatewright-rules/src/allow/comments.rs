//! Allowances in comments: `# gatewright: allow(rule-name) reason`, on the line of a finding or the line above.

use gatewright_source::{Comment, Diagnostic, File};

use super::{Allowance, RULE, Scope};

pub(super) fn read<'t>(
    file: &'t File,
    comments: &[Comment],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Allowance<'t>> {
    let mut out = Vec::new();
    for comment in comments {
        let text = &file.text()[file.local(comment.span)];
        let Some(rest) = text.trim_start_matches('#').trim_start().strip_prefix("gatewright:") else {
            continue;
        };
        let Some(rest) = rest.trim_start().strip_prefix("allow") else { continue };
        let mut refuse = |message: &str, help: String| {
            problems.push(Diagnostic::warning(RULE, comment.span, message).help(help));
        };
        let parts = rest.trim_start().strip_prefix('(').and_then(|it| it.split_once(')'));
        let Some((rules, reason)) = parts else {
            refuse(
                "this allowance names no rule",
                "write `# gatewright: allow(rule-name) reason`".to_owned(),
            );
            continue;
        };
        if reason.trim().is_empty() {
            refuse(
                "this allowance gives no reason",
                "say after the `)` why the finding is right to ignore".to_owned(),
            );
            continue;
        }
        let names = rules.split(',').map(str::trim);
        let Some(rules) = super::known(names, comment.span, problems) else { continue };
        let local = file.local(comment.span);
        let at = file.line_column(local.start);
        // A comment with a line of its own is about the line below.
        let start = file.line_starts()[at.line - 1] as usize;
        let alone = file.text()[start..local.start].trim().is_empty();
        let line = at.line + usize::from(alone);
        out.push(Allowance {
            span: comment.span,
            reason: reason.trim().into(),
            scope: Scope::Line(line),
            rules,
            used: false,
        });
    }
    out
}
