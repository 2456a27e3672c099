use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::written::{Format, formats};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "multi-line-log-format",
    page: include_str!("multi_line_log_format.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for format in formats(cx.ir) {
        let line = format.line();
        if line.trim_end_matches(['\r', '\n']).contains(['\r', '\n']) {
            let lines = line.trim_end().lines().count();
            out.report(format.span, format!("the log format has {lines} lines, and may have one")).help(
                "write a mapping of names and variables, which becomes one line, or fold the text with `>-`",
            )
            .fix_in(Formats::ALL, || fold(format));
        }
    }
}

/// The lines as one. In JSON nothing else changes by that.
fn fold(format: Format<'_>) -> Option<Fix> {
    let whole = format.text()?;
    let lines: Vec<&str> = whole.value.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    let line = lines.join(" ");
    let is_json = line.starts_with('{') && line.ends_with('}');
    let edit = [Edit::set(whole.span, Written::text(line))];
    const TITLE: &str = "write it on one line";
    (!whole.value.contains("${")).then(|| match is_json {
        true => Fix::safe(TITLE, edit),
        false => Fix::needs_a_look(TITLE, edit),
    })
}
