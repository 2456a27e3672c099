use gatewright_ir::{Function, FunctionId};
use gatewright_source::{Severity, did_you_mean};

use super::runtimes::{RETIRED, SUPPORTED, is_younger, of};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unknown-runtime",
    page: include_str!("unknown_runtime.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Function(check),
};

fn check(_: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    let Some((name, span)) = of(function) else { return };
    let known = || SUPPORTED.into_iter().chain(RETIRED.iter().map(|it| it.0));
    if known().any(|it| it == name) || is_younger(name) {
        return;
    }
    let finding = out.report(span, format!("Lambda has no runtime `{}`", shown(name)));
    match meant(name).or_else(|| did_you_mean(name, SUPPORTED)).or_else(|| did_you_mean(name, known())) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(
            "write one such as `nodejs24.x`, `python3.13` or, for compiled programs, `provided.al2023`",
        ),
    };
}

/// The runtime whose points, case or ending were left out: `python313`, `Node22`, `nodejs22`.
fn meant(name: &str) -> Option<&'static str> {
    let name = simple(name);
    let name = match name.strip_prefix("node") {
        Some(rest) if !rest.starts_with("js") => format!("nodejs{rest}"),
        _ => name,
    };
    SUPPORTED.into_iter().find(|it| {
        let it = simple(it);
        it == name || it.strip_suffix('x') == Some(&name)
    })
}

fn simple(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|it| it.to_ascii_lowercase()).collect()
}
