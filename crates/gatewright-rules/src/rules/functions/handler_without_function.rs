use gatewright_ir::{CodeSource, Function, FunctionId, Origin};
use gatewright_source::Severity;

use super::runtimes::of;
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "handler-without-function",
    page: include_str!("handler_without_function.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Function(check),
};

/// The families whose handlers are a file, a point and a function.
const FAMILIES: [&str; 3] = ["nodejs", "python", "ruby"];

fn check(_: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    let Origin::Created(created) = &function.origin else { return };
    let Some((runtime, _)) = of(function) else { return };
    let Some(handler) = &created.handler else { return };
    let Some(text) = handler.value.as_str() else { return };
    // A wrapper may make of the handler what it likes.
    let wrapped = created.environment.iter().any(|it| &*it.0.value == "AWS_LAMBDA_EXEC_WRAPPER");
    if wrapped || text.contains("{{resolve:") || !FAMILIES.iter().any(|it| runtime.starts_with(it)) {
        return;
    }
    let inline = matches!(created.code, CodeSource::Inline(_));
    if !text.contains('.') {
        let file = if inline { "index" } else { "FILE" };
        out.report(handler.span, format!("the handler `{}` names no function in a file", shown(text)))
            .help(format!("write the file without its ending, a point and the function: `{file}.handler`"));
    } else if inline && !text.starts_with("index.") && !runtime.starts_with("ruby") {
        out.report(
            handler.span,
            format!("inline code stands in a file `index`, not in that of `{}`", shown(text)),
        )
        .help(format!("write `index.{}`", text.rsplit('.').next().unwrap_or_default()));
    }
}
