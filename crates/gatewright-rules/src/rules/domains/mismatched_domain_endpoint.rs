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
    // A public domain may lead to a private API: by a load balancer before its VPC endpoint.
    if domain.endpoint != EndpointType::Private || api.endpoint.kind == EndpointType::Private {
        return;
    }
    let finding = out
        .report(span, format!("the private domain `{name}` leads to an API that is not private"))
        .help("write `endpoint: private` for the API, too, or leave `endpoint` out here")
        .help_in(
            Formats::TEMPLATES.and(Formats::SERVERLESS),
            "make the API private, too, or give the domain a `REGIONAL` endpoint",
        );
    if let Some(place) = api.endpoint.span {
        finding.label(place, "the API");
    }
}
