use gatewright_ir::{ApiKind, Function, FunctionId, Origin};
use gatewright_source::Severity;

use crate::limits::FUNCTION_TIMEOUT_SECONDS;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "function-timeout-out-of-range",
    page: include_str!("function_timeout_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Function(check),
};

fn check(cx: &Context<'_>, _: FunctionId, function: &Function, out: &mut Findings) {
    let Origin::Created(created) = &function.origin else { return };
    let Some(timeout) = &created.timeout else { return };
    if let Some(duration) = timeout.value.known()
        && !FUNCTION_TIMEOUT_SECONDS.contains(&duration.as_seconds())
    {
        out.report(timeout.span, format!("a function cannot have a timeout of `{duration}`")).help(match cx
            .ir
            .api
            .kind
        {
            ApiKind::Http => "give from 1s to 15m; an HTTP API waits for at most 30s",
            ApiKind::Rest => "give from 1s to 15m; a REST API waits for 29s, unless AWS has raised the quota",
            ApiKind::WebSocket => "give from 1s to 15m; a WebSocket API waits for at most 29s",
        });
    }
}
