use gatewright_source::Severity;

use super::written::formats;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule, limits};

pub(super) static RULE: Rule = Rule {
    name: "overlong-log-format",
    page: include_str!("overlong_log_format.md"),
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
        let bytes = format.line().len();
        if bytes > limits::LOG_FORMAT_BYTES {
            let most = limits::LOG_FORMAT_BYTES;
            out.report(format.span, format!("the log format has {bytes} bytes, and may have {most}"))
                .help("leave variables out");
        }
    }
}
