use gatewright_ir::{Domain, DomainId, EndpointType};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mismatched-domain-endpoint",
    page: include_str!("mismatched_domain_endpoint.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

fn check(cx: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    // Otherwise it is that of the API.
    let Some(span) = domain.endpoint_span else { return };
    let api = &cx.ir.api;
    let name = &domain.name.value;
    let (of_domain, of_api) =
        (domain.endpoint == EndpointType::Private, api.endpoint.kind == EndpointType::Private);
    let finding = match (of_domain, of_api) {
        (true, false) => out
            .report(span, format!("the private domain `{name}` leads to an API that is not private"))
            .help("write `endpoint: private` for the API, too, or leave `endpoint` out here"),
        // A sentence of the documentation says so of rules for routing only.
        (false, true) => out
            .report(span, format!("the public domain `{name}` leads to a private API"))
            .help("leave `endpoint` out here, and the domain is private, too")
            .warning(),
        _ => return,
    };
    if let Some(place) = api.endpoint.span {
        finding.label(place, "the API");
    }
}
