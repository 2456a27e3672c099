use gatewright_ir::{Integration, IntegrationId};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stream-without-proxy",
    page: include_str!("stream_without_proxy.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Some(it) = integration.transformation.as_ref().filter(|it| !it.proxy) else { return };
    let Some(stream) = it.stream else { return };
    let name = &integration.name.value;
    let cause = it
        .proxy_stated
        .map(|span| (span, "it is no proxy"))
        .or_else(|| it.request.first().map(|it| (it.0.span, "this changes the request")))
        .or_else(|| Some((it.responses.first()?.pattern.span, "this changes the answer")));
    let mut finding = out.report(stream, format!("`{name}` changes what it would have to stream"));
    if let Some((span, label)) = cause.filter(|it| it.0 != integration.name.span) {
        finding = finding.label(span, label);
    }
    finding
        .help("remove `stream`, or remove `request` and `responses` and let the backend answer itself")
        .help_in(
            Formats::FOREIGN,
            "do not stream, or remove the templates and let the backend answer itself",
        );
}
