use gatewright_ir::{ApiKind, Duration, EndpointType, Integration, Ir};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use crate::limits::{STREAM_TIMEOUT_MILLISECONDS, integration_timeout_milliseconds};
use crate::rules::words::an_api;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "integration-timeout-out-of-range",
    page: include_str!("integration_timeout_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let kind = cx.ir.api.kind;
    // Many integrations may take it from `defaults`: one mistake, one finding.
    let mut seen = FxHashSet::default();
    for it in cx.ir.integrations.values() {
        let Some(timeout) = &it.timeout else { continue };
        let Some(duration) = timeout.value.known() else { continue };
        let least = *integration_timeout_milliseconds(kind).start();
        let most = most(cx.ir, it);
        let is_allowed = duration.milliseconds >= least && most.is_none_or(|it| duration.milliseconds <= it);
        if is_allowed || !seen.insert(timeout.span) {
            continue;
        }
        let finding = out.report(timeout.span, format!("{} cannot wait for `{duration}`", an_api(kind)));
        let least = Duration::milliseconds(least);
        match most {
            Some(most) => {
                let most = Duration::milliseconds(most);
                finding.help(format!(
                    "give from {least} to {most}; let what takes longer run in the background"
                ));
            }
            None => drop(finding.help(format!("give at least {least}"))),
        }
    }
}

/// The longest time, if AWS does not raise it on request.
fn most(ir: &Ir, it: &Integration) -> Option<u64> {
    let kind = ir.api.kind;
    if kind == ApiKind::Rest && it.transformation.as_ref().is_some_and(|it| it.stream.is_some()) {
        return Some(STREAM_TIMEOUT_MILLISECONDS);
    }
    let is_hard = kind != ApiKind::Rest || ir.api.endpoint.kind == EndpointType::Edge;
    is_hard.then(|| *integration_timeout_milliseconds(kind).end())
}
