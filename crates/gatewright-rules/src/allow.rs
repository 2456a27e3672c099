//! Allowances: `# gatewright: allow(rule-name) reason`, on the line of a finding or the line above; of one within a text
//! of several lines, where that begins.

use gatewright_source::{Comment, Diagnostic, File, Span, did_you_mean};

use crate::{Check, Settings, all, find, is_indispensable};

const RULE: &str = "unused-allowance";

/// A finding that its file allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it is right to ignore.
    pub reason: String,
    /// Where that is said.
    pub by: Span,
}

struct Allowance<'t> {
    span: Span,
    reason: &'t str,
    /// The line that it is about.
    line: usize,
    rules: Vec<&'t str>,
    used: bool,
}

/// Takes away the findings that comments of the file allow, and reports allowances without a reason, of unknown
/// rules, and those that nothing needs. What earlier stages found cannot be allowed: without it there is no API.
pub fn allow(
    file: &File,
    comments: &[Comment],
    settings: &Settings,
    found: &mut Vec<Diagnostic>,
) -> Vec<Allowed> {
    let mut problems = Vec::new();
    let mut allowances = read(file, comments, &mut problems);
    if allowances.is_empty() {
        found.append(&mut problems);
        return Vec::new();
    }
    let mut allowed = Vec::new();
    found.retain(|it| {
        let earlier = find(it.rule).is_none_or(is_indispensable);
        if earlier || !file.span().contains(Span::new(it.span.start, it.span.start)) {
            return true;
        }
        let line = |span: Span| file.line_column(file.local(span).start).line;
        let lines = [Some(line(it.span)), it.within.map(|it| line(beginning(file, it)))];
        match allowances.iter_mut().find(|by| lines.contains(&Some(by.line)) && by.rules.contains(&it.rule)) {
            Some(by) => {
                by.used = true;
                allowed.push(Allowed { finding: it.clone(), reason: by.reason.to_owned(), by: by.span });
                false
            }
            None => true,
        }
    });
    for it in allowances.iter().filter(|it| !it.used && is_missed(it, settings)) {
        problems.push(
            Diagnostic::warning(RULE, it.span, "this allowance suppresses nothing")
                .help("remove it, or put it on the line of the finding or the line above"),
        );
    }
    found.append(&mut problems);
    found.sort_by_key(|it| it.span);
    allowed
}

/// Where a text begins: of a block, its header, as `>-`, which stands on a line before.
fn beginning(file: &File, text: Span) -> Span {
    let before = file.text()[..file.local(text).start].trim_end();
    let header = before.trim_end_matches(|it: char| "+-".contains(it) || it.is_ascii_digit());
    if !header.ends_with(['|', '>']) {
        return text;
    }
    let at = file.base() + header.len() as u32 - 1;
    Span::new(at, at + 1)
}

/// Whether an allowance that nothing needed could have been needed: some rule of it is in force, and looks at the file
/// by itself.
fn is_missed(it: &Allowance<'_>, settings: &Settings) -> bool {
    let rules = it.rules.iter().filter_map(|it| find(it));
    rules.into_iter().any(|it| settings.has(it) && !matches!(it.check, Check::Change(_)))
}

fn read<'t>(file: &'t File, comments: &[Comment], problems: &mut Vec<Diagnostic>) -> Vec<Allowance<'t>> {
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
        let rules: Vec<&str> = rules.split(',').map(str::trim).collect();
        if let Some(unknown) = rules.iter().find(|it| find(it).is_none()) {
            let near = did_you_mean(unknown, all().map(|it| it.name));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`gatewright rules` lists them".to_owned(),
            };
            refuse("this allowance names an unknown rule", help);
            continue;
        }
        let local = file.local(comment.span);
        let at = file.line_column(local.start);
        // A comment with a line of its own is about the line below.
        let start = file.line_starts()[at.line - 1] as usize;
        let alone = file.text()[start..local.start].trim().is_empty();
        let line = at.line + usize::from(alone);
        out.push(Allowance { span: comment.span, reason: reason.trim(), line, rules, used: false });
    }
    out
}
