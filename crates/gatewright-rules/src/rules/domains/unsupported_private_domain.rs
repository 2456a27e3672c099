use gatewright_ir::{Domain, DomainId, EndpointType};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-private-domain",
    page: include_str!("unsupported_private_domain.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

fn check(_: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    // `existing-domain-with-settings` says that nothing has an effect there.
    if domain.existing {
        return;
    }
    if domain.endpoint == EndpointType::Private {
        if domain.name.value.starts_with('*') {
            out.report(
                domain.name.span,
                format!("the private domain `{}` has a wildcard", domain.name.value),
            )
            .help("write out the names, a domain for each");
        }
        return;
    }
    let endpoint = domain.vpc_endpoints.first().map(|it| it.span);
    let policy = domain.policy.as_ref().map(|it| it.span);
    for (key, span) in [("vpcEndpoints", endpoint), ("policy", policy)] {
        if let Some(span) = span {
            out.report(
                span,
                format!("`{key}` is for private domains, and `{}` is public", domain.name.value),
            )
            .help(format!("remove `{key}`, or write `endpoint: private` for the API and the domain"));
        }
    }
}
