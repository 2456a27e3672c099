use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use crate::limits::INTEGRATION_TIMEOUT_MILLISECONDS;
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "integration-timeout-out-of-range",
    page: include_str!("integration_timeout_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    kinds: Kinds::HTTP,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    // Many integrations may take it from `defaults`: one mistake, one finding.
    let mut seen = FxHashSet::default();
    for it in cx.ir.integrations.values() {
        let Some(timeout) = &it.timeout else { continue };
        let Some(duration) = timeout.value.known() else { continue };
        if !INTEGRATION_TIMEOUT_MILLISECONDS.contains(&duration.milliseconds) && seen.insert(timeout.span) {
            out.report(timeout.span, format!("an HTTP API cannot wait for `{duration}`"))
                .help("give from 50ms to 30s; let what takes longer run in the background");
        }
    }
}
