use gatewright_ir::{Backend, Integration, IntegrationId};
use gatewright_source::Severity;

use super::pattern::{matches_nothing, written};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "response-pattern-without-match",
    page: include_str!("response_pattern_without_match.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    // The patterns of functions are for messages, which may be anything.
    if matches!(integration.backend, Backend::Lambda { .. } | Backend::Unknown) {
        return;
    }
    for it in written(integration).iter().filter(|it| !it.is_default()) {
        let text = &*it.pattern.value;
        if let Some(meant) = meant(text) {
            let status = format!("{:0<3}", text.trim_end_matches(|it: char| !it.is_ascii_digit()));
            out.report(it.pattern.span, format!("`{text}` does not match `{status}`"))
                .help(format!("patterns are regular expressions: write `{meant}`"));
        } else if matches_nothing(text) {
            let plain = text.replace("\\[", "[").replace("\\]", "]");
            let finding = out.report(it.pattern.span, format!("`{}` matches no status", shown(text)));
            if matches_nothing(&plain) {
                finding.help(
                    "what is compared is the status of the backend's answer: write for example `5\\d{2}`",
                );
            } else {
                finding.help(format!(
                    "a `\\` before `[` and `]` makes them plain characters: write `{}`",
                    shown(&plain)
                ));
            }
        }
    }
}

/// What somebody meant by `4xx`, `40x`, `4*` or `4%`.
fn meant(pattern: &str) -> Option<String> {
    let digits = pattern.len() - pattern.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let (digits, rest) = pattern.split_at(digits);
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    let missing = 3 - digits.len();
    let is_meant =
        rest.eq_ignore_ascii_case("xx") || rest.eq_ignore_ascii_case("x") || matches!(rest, "*" | "**" | "%");
    is_meant.then(|| if missing == 1 { format!("{digits}\\d") } else { format!("{digits}\\d{{{missing}}}") })
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn patterns_of_other_tools_are_known() {
        assert_eq!(meant("4xx").as_deref(), Some("4\\d{2}"));
        assert_eq!(meant("50X").as_deref(), Some("50\\d"));
        assert_eq!(meant("4*").as_deref(), Some("4\\d{2}"));
        for it in ["4..", "404", "4.*", "xx", "4\\d{2}"] {
            assert_eq!(meant(it), None, "{it}");
        }
    }
}
