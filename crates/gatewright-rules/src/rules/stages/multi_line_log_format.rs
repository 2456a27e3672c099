use gatewright_source::Severity;

use super::written::formats;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "multi-line-log-format",
    page: include_str!("multi_line_log_format.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
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
            );
        }
    }
}
