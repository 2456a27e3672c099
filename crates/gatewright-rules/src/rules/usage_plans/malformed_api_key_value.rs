use gatewright_source::{Edit, Fix, Safety, Severity};

use super::values::{LENGTH, values};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-api-key-value",
    page: include_str!("malformed_api_key_value.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (name, value, span) in values(cx.ir) {
        let (length, least, most) = (value.chars().count(), LENGTH.start(), LENGTH.end());
        if !LENGTH.contains(&length) {
            let message =
                format!("the value of `{name}` has {length} characters; {least} to {most} are accepted");
            out.report(span, message)
                .help("leave `value` out, and API Gateway makes one that nobody can guess")
                .help_in(
                    Formats::TEMPLATES,
                    "leave `Value` out, and API Gateway makes one that nobody can guess",
                )
                .help_in(
                    Formats::SERVERLESS,
                    "leave `value` out, and API Gateway makes one that nobody can guess",
                )
                .fix_in(Formats::GATEWRIGHT.and(Formats::TEMPLATES), || {
                    Some(Fix::needs_a_look("leave it to API Gateway", [Edit::remove(span)]))
                });
        }
    }
}
