use gatewright_ir::{Duration, EndpointType, Integration};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Quotas, Rule};

pub(super) static RULE: Rule = Rule {
    name: "integration-timeout-above-quota",
    page: include_str!("integration_timeout_above_quota.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    if cx.ir.api.endpoint.kind == EndpointType::Edge {
        return;
    }
    let most = Duration::milliseconds(cx.settings.quotas.timeout);
    // Many integrations may take it from `defaults`: one mistake, one finding.
    let mut seen = FxHashSet::default();
    for it in cx.ir.integrations.values().filter(|it| !is_streamed(it)) {
        let Some(timeout) = &it.timeout else { continue };
        if timeout.value.known().is_some_and(|it| *it > most) && seen.insert(timeout.span) {
            let message = match cx.settings.quotas.timeout == Quotas::default().timeout {
                true => format!("a REST API waits for more than {most} only where AWS has raised the quota"),
                false => format!("a REST API of this account waits for at most {most}"),
            };
            out.report(timeout.span, message).help(format!(
                "give at most {most}; if AWS has raised the quota, say so under `[quotas]` in gatewright.toml"
            ));
        }
    }
}

fn is_streamed(it: &Integration) -> bool {
    it.transformation.as_ref().is_some_and(|it| it.stream.is_some())
}
