use gatewright_ir::{Duration, FunctionId, Id, Integration, Origin};
use gatewright_source::Severity;

use crate::limits::{FUNCTION_TIMEOUT_SECONDS, INTEGRATION_TIMEOUT_MILLISECONDS};
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "function-timeout-exceeds-integration",
    page: include_str!("function_timeout_exceeds_integration.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    kinds: Kinds::HTTP,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    // For each function the integration that gives up first.
    let mut least: Vec<Option<(Duration, &Integration)>> = vec![None; cx.ir.functions.len()];
    for it in cx.ir.integrations.values() {
        let Some((function, timeout)) = call(it) else { continue };
        let slot = &mut least[function.index()];
        if slot.is_none_or(|(other, _)| timeout < other) {
            *slot = Some((timeout, it));
        }
    }
    for ((_, function), least) in cx.ir.functions.iter().zip(least) {
        let Origin::Created(created) = &function.origin else { continue };
        let (Some(own), Some((least, integration))) = (&created.timeout, least) else { continue };
        let Some(duration) = own.value.known() else { continue };
        if *duration <= least || !FUNCTION_TIMEOUT_SECONDS.contains(&duration.as_seconds()) {
            continue;
        }
        let message = format!(
            "`{}` may run for {duration}, but API Gateway gives up after {least}",
            function.name.value
        );
        let finding = out.report(own.span, message);
        match &integration.timeout {
            Some(it) => finding.label(it.span, "API Gateway waits for this long"),
            None => finding.label(integration.name.span, "30s, since nothing else is said here"),
        }
        .help("give the function less time than the integration");
    }
}

/// The function that an integration calls, and for how long it waits.
fn call(it: &Integration) -> Option<(FunctionId, Duration)> {
    let function = it.callee()?.function()?;
    let timeout = match &it.timeout {
        None => Duration::milliseconds(*INTEGRATION_TIMEOUT_MILLISECONDS.end()),
        Some(it) => *it.value.known()?,
    };
    // Another timeout is refused by AWS, which is reported by itself.
    INTEGRATION_TIMEOUT_MILLISECONDS.contains(&timeout.milliseconds).then_some((function, timeout))
}
