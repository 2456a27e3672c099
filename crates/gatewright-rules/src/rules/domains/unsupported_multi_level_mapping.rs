use gatewright_ir::{Domain, DomainId, EndpointType};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-multi-level-mapping",
    page: include_str!("unsupported_multi_level_mapping.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

fn check(_: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    // How a domain is reached that exists already is known only if it was said.
    if domain.existing && domain.endpoint_span.is_none() {
        return;
    }
    let older = domain.tls_policy.as_ref().filter(|it| it.value.as_str() == Some("TLS_1_0"));
    let (what, place) = match (domain.endpoint, older) {
        (EndpointType::Edge, _) => ("an edge-optimized domain", domain.endpoint_span),
        (EndpointType::Private, _) => ("a private domain", domain.endpoint_span),
        (EndpointType::Regional, Some(it)) => ("a domain with `TLS_1_0`", Some(it.span)),
        (EndpointType::Regional, None) => return,
    };
    for mapping in domain.mappings.iter().filter(|it| it.path().trim_matches('/').contains('/')) {
        let finding = out
            .report(mapping.key.span, format!("{what} has no mappings of several segments"))
            .help("map a single segment, or make the domain regional, with TLS 1.2");
        if let Some(place) = place {
            finding.label(place, "said here");
        }
    }
}
