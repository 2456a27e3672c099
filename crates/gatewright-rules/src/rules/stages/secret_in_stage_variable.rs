use gatewright_source::Severity;

use super::secrets::{is_named_like_a_secret, is_reference, looks_like_a_secret};
use super::written::{is_dynamic, variables};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "secret-in-stage-variable",
    page: include_str!("secret_in_stage_variable.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for (name, value, span) in variables(cx.ir) {
        let is_secret =
            looks_like_a_secret(value) || is_named_like_a_secret(&name.value) && !is_reference(value);
        if is_secret && !is_dynamic(value) {
            out.report(span, format!("the stage variable `{}` seems to hold a secret", name.value))
                .help("keep it in Secrets Manager or Parameter Store, and give the function its name");
        }
    }
}
