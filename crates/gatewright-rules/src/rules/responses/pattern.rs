//! The regular expressions that choose a response.

use std::borrow::Cow;

use gatewright_ir::{Integration, IntegrationResponse};
use regex_lite::Regex;

/// The responses of an integration that somebody wrote and that API Gateway uses.
pub(super) fn written(it: &Integration) -> &[IntegrationResponse] {
    match &it.transformation {
        Some(it) if it.responses_stated && !it.proxy => &it.responses,
        _ => &[],
    }
}

/// What is wrong with a pattern that is no regular expression.
///
/// This looks at what can be seen without reading the whole grammar. Source: Java SE, `java.util.regex.Pattern`.
pub(super) fn fault(pattern: &str) -> Option<&'static str> {
    if pattern.contains("\\Q") {
        return None;
    }
    let mut open = 0_usize;
    // Whether something stands before that can be repeated.
    let mut repeatable = false;
    let mut rest = pattern.chars();
    while let Some(it) = rest.next() {
        match it {
            '\\' if rest.next().is_none() => return Some("ends with `\\`"),
            '[' => {
                let class = rest.as_str();
                // A bracket at the beginning of a class, and classes within classes, are beyond this.
                let is_simple =
                    !class.starts_with([']', '^']) && !class.split(']').next()?.contains(['[', '\\']);
                let Some(end) = class.find(']') else { return Some("has `[` without `]`") };
                if !is_simple {
                    return None;
                }
                rest = class[end + 1..].chars();
                repeatable = true;
            }
            '(' => {
                open += 1;
                repeatable = false;
                // `(?:…)` and its like.
                if let Some(after) = rest.as_str().strip_prefix('?') {
                    rest = after.chars();
                }
            }
            ')' if open == 0 => return Some("has `)` without `(`"),
            ')' => {
                open -= 1;
                repeatable = true;
            }
            '|' => repeatable = false,
            '*' | '+' | '?' if !repeatable => return Some("repeats nothing"),
            '^' => {}
            _ => repeatable = true,
        }
    }
    (open > 0).then_some("has `(` without `)`")
}

/// Whether a pattern is made for a status: `4\d{2}`, `50[0-3]`, `4xx`.
pub(super) fn is_for_status(pattern: &str) -> bool {
    let text = pattern.trim_start_matches(['^', '(']);
    text.starts_with(|it: char| ('1'..='5').contains(&it))
        && text.chars().all(|it| it.is_ascii_digit() || "\\d{}[]()-|.xX^$*+?".contains(it))
}

/// A pattern as a program, whose whole text must match or only a part; `None` where that is not known, since Java reads
/// more than is read here.
fn program(pattern: &str, whole: bool) -> Option<Regex> {
    const LONG: usize = 1_000;
    let text = if whole { Cow::Owned(format!("^(?:{pattern})$")) } else { Cow::Borrowed(pattern) };
    Regex::new(&text).ok().filter(|_| pattern.len() <= LONG && fault(pattern).is_none())
}

/// Whether a pattern matches a status; `None` where that is not known.
pub(super) fn matches(pattern: &str, status: &str) -> Option<bool> {
    program(pattern, true).map(|it| it.is_match(status))
}

/// Whether it is known that a pattern matches no status, not even a part of one.
pub(super) fn matches_nothing(pattern: &str) -> bool {
    program(pattern, false).is_some_and(|it| !(100..600).any(|status| it.is_match(&status.to_string())))
}

#[cfg(test)]
mod tests {
    use super::{fault, is_for_status, matches, matches_nothing};

    #[test]
    fn statuses_are_matched() {
        assert_eq!(matches("4\\d{2}", "404"), Some(true));
        assert_eq!(matches("200", "2001"), Some(false));
        assert_eq!(matches("(?!4)\\d+", "200"), None);
        for it in ["\\[45\\]\\d{2}", "Not found", "4xx", "6\\d\\d"] {
            assert!(matches_nothing(it), "{it}");
        }
        for it in ["[45]\\d{2}", ".*", "4", "(?!4)x", "40*", ""] {
            assert!(!matches_nothing(it), "{it}");
        }
    }

    #[test]
    fn broken_expressions_are_found() {
        for it in [
            "4\\d{2}",
            "(\\n|.)+",
            "[45]\\d\\d",
            "(?i).*not found.*",
            "a*?",
            "a*+",
            "^$",
            "\\(",
            "[^a]]",
            "(?:a|b)?",
            "\\Q(\\E",
            ".*\\[4..\\].*",
            "[\\]]",
        ] {
            assert_eq!(fault(it), None, "{it}");
        }
        for it in ["(4", "4)", "*", "+4", "a|*", "(*a)", "[4", "4\\"] {
            assert!(fault(it).is_some(), "{it}");
        }
    }

    #[test]
    fn statuses_are_told_from_messages() {
        for it in ["4\\d{2}", "404", "4xx", "(4|5)\\d\\d", "5.."] {
            assert!(is_for_status(it), "{it}");
        }
        for it in [".*4\\d\\d.*", "Not found", "\\[404\\].*", "4 items"] {
            assert!(!is_for_status(it), "{it}");
        }
    }
}
