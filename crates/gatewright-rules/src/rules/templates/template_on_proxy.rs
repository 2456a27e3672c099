use gatewright_ir::{Backend, Format, Integration, IntegrationId};
use gatewright_source::{Severity, Span};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "template-on-proxy",
    page: include_str!("template_on_proxy.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

/// The header with which a function is called without waiting for it, which a proxy takes, too.
const INVOCATION_TYPE: &str = "integration.request.header.X-Amz-Invocation-Type";

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Some(it) = integration.transformation.as_ref().filter(|it| it.proxy) else { return };
    let ours = cx.ir.provenance.format == Format::Gatewright;
    let is_function = matches!(integration.backend, Backend::Lambda { .. });
    let mut report = |span: Span, what: &str| {
        let finding = out.report(span, format!("{what} no effect: `{}` is a proxy", integration.name.value));
        let finding = match it.proxy_stated {
            Some(stated) => finding.label(stated, "this makes it one"),
            None => finding,
        };
        finding
            .help("remove it, or write `proxy: false` and say what is answered with `responses`")
            .help_in(Formats::FOREIGN, "remove it, or make it the integration type without `_proxy`");
    };
    if let Some((key, _)) = it.request.first() {
        let what = if ours { "the templates under `request` have" } else { "the request templates have" };
        report(key.span, what);
    }
    if ours
        && it.responses_stated
        && let Some(response) = it.responses.first()
    {
        report(response.pattern.span, "`responses` has");
    }
    if !is_function {
        return;
    }
    // In other formats it is what every export and many a tool writes everywhere.
    if let Some(passthrough) = it.passthrough_behavior.as_ref().filter(|_| ours) {
        report(passthrough.span, "`passthroughBehavior` has");
    }
    for it in &integration.request_parameters {
        if !it.destination.value.eq_ignore_ascii_case(INVOCATION_TYPE) {
            report(it.destination.span, "the mapping has");
        }
    }
}
