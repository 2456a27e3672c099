use gatewright_ir::{ApiKind, Duration, EndpointType};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use crate::limits::{STREAM_TIMEOUT_MILLISECONDS, integration_timeout_milliseconds};
use crate::rules::words::an_api;
use crate::{Category, Check, Context, Findings, Kinds, Rule};

pub(super) static RULE: Rule = Rule {
    name: "integration-timeout-out-of-range",
    page: include_str!("integration_timeout_out_of_range.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    kinds: Kinds::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let kind = cx.ir.api.kind;
    // Many integrations may take it from `defaults`: one mistake, one finding.
    let mut seen = FxHashSet::default();
    for it in cx.ir.integrations.values() {
        let Some(timeout) = &it.timeout else { continue };
        let Some(duration) = timeout.value.known() else { continue };
        let streams = it.transformation.as_ref().is_some_and(|it| it.stream.is_some());
        let (least, most) = integration_timeout_milliseconds(kind).into_inner();
        let most = if streams { STREAM_TIMEOUT_MILLISECONDS } else { most };
        if (least..=most).contains(&duration.milliseconds) || !seen.insert(timeout.span) {
            continue;
        }
        let (shortest, longest) = (Duration::milliseconds(least), Duration::milliseconds(most));
        let endpoint = &cx.ir.api.endpoint;
        let is_raised = kind == ApiKind::Rest && !streams && endpoint.kind != EndpointType::Edge;
        if is_raised && duration.milliseconds > most {
            let message = format!("{} waits for `{duration}` only if AWS allows it", an_api(kind));
            out.report(timeout.span, message).warning().help(format!(
                "ask AWS for a higher quota before deploying, give at most {longest}, or let the answer `stream`"
            ));
            continue;
        }
        let finding = out
            .report(timeout.span, format!("{} cannot wait for `{duration}`", an_api(kind)))
            .help(format!("give from {shortest} to {longest}; let what takes longer run in the background"));
        if let Some(span) =
            endpoint.span.filter(|_| kind == ApiKind::Rest && duration.milliseconds > most && !streams)
        {
            finding.label(span, "AWS raises the quota for regional and private APIs only");
        }
    }
}
