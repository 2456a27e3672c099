use gatewright_source::{Severity, did_you_mean};

use super::browsers::METHODS;
use crate::rules::words::{list, shown};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-cors-method",
    page: include_str!("malformed_cors_method.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(cors) = cx.ir.api.cors.policy() else { return };
    for it in &cors.allow_methods {
        let Some(method) = it.value.as_str() else { continue };
        if method == "*" || METHODS.contains(&method) {
            continue;
        }
        let finding =
            out.report(it.span, format!("`{}` is no method that a CORS policy may name", shown(method)));
        if method.eq_ignore_ascii_case("any") {
            finding.help("write `\"*\"` for all methods");
        } else if let Some(near) = did_you_mean(method, METHODS) {
            finding.help(format!("did you mean `{near}`?"));
        } else {
            finding.help(format!("there are {}, and `*`", list(&METHODS)));
        }
    }
}
