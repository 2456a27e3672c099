use gatewright_ir::{Domain, DomainId, EndpointType};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "private-domain-without-policy",
    page: include_str!("private_domain_without_policy.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Domain(check),
};

fn check(_: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    if domain.endpoint == EndpointType::Private && !domain.existing && domain.policy.is_none() {
        out.report(domain.name.span, format!("no policy says who may call through `{}`", domain.name.value))
            .help("say through which VPC endpoints callers come: `policy: { allow: [{ vpcEndpoint: vpce-… }] }`");
    }
}
