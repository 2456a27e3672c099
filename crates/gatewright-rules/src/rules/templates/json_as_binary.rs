use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "json-as-binary",
    page: include_str!("json_as_binary.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for it in &cx.ir.api.binary_media_types {
        if it.value.as_str().is_some_and(|it| it.eq_ignore_ascii_case("application/json")) {
            out.report(it.span, "JSON is text, and here it is treated as binary")
                .help("remove it: functions would get bodies of requests as Base64");
        }
    }
}
