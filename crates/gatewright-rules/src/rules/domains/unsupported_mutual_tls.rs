use gatewright_ir::{Domain, DomainId, EndpointType};
use gatewright_source::{Edit, Fix, Safety, Severity};

use crate::rules::endpoint::tls::ENHANCED;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-mutual-tls",
    page: include_str!("unsupported_mutual_tls.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

fn check(_: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    let Some(mutual_tls) = domain.mutual_tls.as_ref().filter(|_| !domain.existing) else { return };
    let policy = domain.tls_policy.as_ref().and_then(|it| Some((it.value.as_str()?, it.span)));
    let (what, place) = match (domain.endpoint, policy) {
        (EndpointType::Edge, _) => ("an edge-optimized domain".to_owned(), domain.endpoint_span),
        (EndpointType::Private, _) => ("a private domain".to_owned(), domain.endpoint_span),
        (EndpointType::Regional, Some((name, span))) if name == "TLS_1_0" || name.starts_with(ENHANCED) => {
            (format!("the TLS policy `{name}`"), Some(span))
        }
        _ => return,
    };
    let finding = out
        .report(mutual_tls.truststore.span, format!("mutual TLS does not go with {what}"))
        .help("use a regional domain with `tlsPolicy: TLS_1_2`, which is the default")
        .help_in(Formats::TEMPLATES, "use a regional domain with `SecurityPolicy: TLS_1_2`")
        .help_in(Formats::SERVERLESS, "use a regional domain with TLS 1.2");
    let finding = match place {
        Some(place) => finding.label(place, "said here"),
        None => finding,
    };
    if let (EndpointType::Regional, Some((name, span))) = (domain.endpoint, policy) {
        let edit = [Edit::reword(span, name, "TLS_1_2")];
        finding.fix(match name {
            "TLS_1_0" => Fix::safe("write `TLS_1_2`", edit),
            _ => Fix::needs_a_look("write `TLS_1_2`", edit),
        });
    }
}
