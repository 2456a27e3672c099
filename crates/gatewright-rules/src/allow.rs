//! Allowances: findings that a file says are right to ignore, each with a reason. A finding within a text of several lines
//! can be allowed where the text begins, too.

mod comments;
mod metadata;

use std::borrow::Cow;

use gatewright_ir::Raw;
use gatewright_source::{Comment, Diagnostic, Edit, File, Fix, Span, did_you_mean};

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

/// What an allowance is about.
enum Scope {
    /// Findings that begin on a line.
    Line(usize),
    /// Findings that begin within a part of the file.
    Part(Span),
}

struct Allowance<'t> {
    span: Span,
    reason: Cow<'t, str>,
    scope: Scope,
    rules: Vec<&'static str>,
    used: bool,
}

/// Takes away the findings that a file allows, in its comments or, if it is a whole document in another format than ours,
/// in its metadata; and reports allowances without a reason, of unknown rules, and those that nothing needs. What
/// earlier stages found cannot be allowed: without it there is no API.
pub fn allow(
    file: &File,
    comments: &[Comment],
    document: Option<&Raw>,
    settings: &Settings,
    found: &mut Vec<Diagnostic>,
) -> Vec<Allowed> {
    let mut problems = Vec::new();
    let mut allowances = comments::read(file, comments, &mut problems);
    if let Some(document) = document {
        metadata::read(document, &mut allowances, &mut problems);
    }
    if allowances.is_empty() {
        found.append(&mut problems);
        return Vec::new();
    }
    let mut allowed = Vec::new();
    found.retain(|it| {
        let start = Span::new(it.span.start, it.span.start);
        if find(it.rule).is_none_or(is_indispensable) || !file.span().contains(start) {
            return true;
        }
        let line = |span: Span| file.line_column(file.local(span).start).line;
        let lines = [Some(line(it.span)), it.within.map(|it| line(beginning(file, it)))];
        let is_about = |by: &&mut Allowance<'_>| {
            by.rules.contains(&it.rule)
                && match by.scope {
                    Scope::Line(allowed) => lines.contains(&Some(allowed)),
                    Scope::Part(part) => part.contains(start),
                }
        };
        match allowances.iter_mut().find(is_about) {
            Some(by) => {
                by.used = true;
                allowed.push(Allowed { finding: it.clone(), reason: by.reason.to_string(), by: by.span });
                false
            }
            None => true,
        }
    });
    for it in allowances.iter().filter(|it| !it.used && is_missed(it, settings)) {
        let (help, edit) = match it.scope {
            Scope::Line(_) => (
                "remove it, or put it on the line of the finding or the line above",
                Edit::Uncomment { comment: it.span },
            ),
            Scope::Part(_) => (
                "remove it, or put it into the resource or operation of the finding",
                Edit::Remove { entry: it.span },
            ),
        };
        let problem = Diagnostic::warning(RULE, it.span, "this allowance suppresses nothing").help(help);
        problems.push(problem.fix(Fix::safe("remove it", [edit])));
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

/// The rules that an allowance names; one that nobody knows is reported.
fn known<'t>(
    names: impl Iterator<Item = &'t str>,
    span: Span,
    problems: &mut Vec<Diagnostic>,
) -> Option<Vec<&'static str>> {
    let mut out = Vec::new();
    for name in names {
        let Some(rule) = find(name) else {
            let help = match did_you_mean(name, all().map(|it| it.name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`gatewright rules` lists them".to_owned(),
            };
            let message = "this allowance names an unknown rule";
            problems.push(Diagnostic::warning(RULE, span, message).help(help));
            return None;
        };
        out.push(rule.name);
    }
    Some(out)
}
