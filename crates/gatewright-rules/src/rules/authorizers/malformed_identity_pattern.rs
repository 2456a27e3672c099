use gatewright_ir::{Authorizer, AuthorizerId, AuthorizerKind};
use gatewright_source::Severity;

use crate::rules::routes::part::part;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-identity-pattern",
    page: include_str!("malformed_identity_pattern.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Authorizer(check),
};

fn check(cx: &Context<'_>, _: AuthorizerId, authorizer: &Authorizer, out: &mut Findings) {
    let AuthorizerKind::Lambda { identity_pattern: Some(pattern), .. } = &authorizer.kind else { return };
    let text: &str = &pattern.value;
    if let Some((at, problem)) = problem(text) {
        let end = text[at..].chars().next().map_or(text.len(), |it| at + it.len_utf8());
        out.report(part(cx, pattern.span, text, at..end), format!("this pattern {problem}"))
            .help("write a regular expression, such as `^Bearer [-0-9A-Za-z._]+$`");
    }
}

/// What is wrong with a regular expression of Java, and where: what no dialect accepts.
fn problem(text: &str) -> Option<(usize, &'static str)> {
    let mut groups = Vec::new();
    let mut class = None;
    // Whether a quantifier has something before it.
    let mut has_atom = false;
    let mut chars = text.char_indices();
    while let Some((at, it)) = chars.next() {
        match it {
            '\\' => match chars.next() {
                // What follows is quoted: anything may stand there.
                Some((_, 'Q')) => return None,
                Some(_) => has_atom = true,
                None => return Some((at, "ends with a backslash")),
            },
            '[' if class.is_none() => class = Some(at),
            // The first one is a member, and classes may stand in classes.
            ']' if class.is_some_and(|start| !matches!(&text[start..at], "[" | "[^")) => {
                class = None;
                has_atom = true;
            }
            '[' => return None,
            _ if class.is_some() => {}
            '(' => {
                groups.push(at);
                has_atom = text[at..].starts_with("(?");
            }
            ')' => {
                if groups.pop().is_none() {
                    return Some((at, "closes a group that was not opened"));
                }
                has_atom = true;
            }
            '*' | '+' if !has_atom => return Some((at, "repeats nothing")),
            '|' => has_atom = false,
            _ => has_atom = true,
        }
    }
    class
        .map(|at| (at, "does not close this class"))
        .or_else(|| groups.pop().map(|at| (at, "does not close this group")))
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn only_what_no_dialect_accepts_is_wrong() {
        for it in
            ["^Bearer [-\\w.~+/]+=*$", "a|b", "(?i)bearer (?:x|y){2,}", "[]a]", "[^]]", "\\(", "x*+", "a++"]
        {
            assert_eq!(problem(it), None, "{it}");
        }
        for it in ["[a-z", "(a", "a)", "*a", "(|+)", "a\\"] {
            assert!(problem(it).is_some(), "{it}");
        }
    }
}
