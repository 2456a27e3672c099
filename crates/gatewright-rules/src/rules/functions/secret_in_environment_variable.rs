use gatewright_ir::{Function, FunctionId, Origin};
use gatewright_source::Severity;

use crate::rules::stages::secrets::{is_named_like_a_secret, is_reference, looks_like_a_secret};
use crate::rules::stages::written::is_dynamic;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "secret-in-environment-variable",
    page: include_str!("secret_in_environment_variable.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Function(check),
};

fn check(_: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    let Origin::Created(created) = &function.origin else { return };
    for (name, value) in &created.environment {
        let Some(text) = value.value.as_str() else { continue };
        let is_secret =
            looks_like_a_secret(text) || is_named_like_a_secret(&name.value) && !is_reference(text);
        if is_secret && !is_dynamic(text) {
            out.report(
                value.span,
                format!("the environment variable `{}` seems to hold a secret", name.value),
            )
            .help("keep it in Secrets Manager or Parameter Store, and give the function its name");
        }
    }
}
