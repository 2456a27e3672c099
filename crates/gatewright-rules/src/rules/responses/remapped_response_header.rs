use gatewright_ir::{Integration, IntegrationId};
use gatewright_source::Severity;

use crate::limits::{DROPPED_RESPONSE_HEADERS, REMAPPED_RESPONSE_HEADERS};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "remapped-response-header",
    page: include_str!("remapped_response_header.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Some(it) = integration.transformation.as_ref().filter(|it| !it.proxy) else { return };
    for (name, _) in it.responses.iter().flat_map(|it| &it.headers) {
        let known =
            |names: &[&'static str]| names.iter().find(|it| it.eq_ignore_ascii_case(&name.value)).copied();
        if let Some(header) = known(&REMAPPED_RESPONSE_HEADERS) {
            out.report(
                name.span,
                format!("callers get `x-amzn-Remapped-{header}` instead of `{}`", name.value),
            )
            .help("choose another name, or write the header with a gateway response");
        } else if known(&DROPPED_RESPONSE_HEADERS).is_some() {
            out.report(name.span, format!("callers do not get the header `{}`", name.value))
                .help("remove it, or choose another name");
        }
    }
}
