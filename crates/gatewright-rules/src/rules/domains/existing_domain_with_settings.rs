use gatewright_ir::{Domain, DomainId};
use gatewright_source::Severity;

use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "existing-domain-with-settings",
    page: include_str!("existing_domain_with_settings.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::GATEWRIGHT,
    check: Check::Domain(check),
};

fn check(_: &Context<'_>, _: DomainId, domain: &Domain, out: &mut Findings) {
    if !domain.existing {
        return;
    }
    let settings = [
        ("certificate", domain.certificate.as_ref().map(|it| it.span)),
        ("hostedZone", domain.hosted_zone.as_ref().map(|it| it.span)),
        ("mutualTls", domain.mutual_tls.as_ref().map(|it| it.truststore.span)),
        ("ipAddressType", domain.ip_address_type.as_ref().map(|it| it.span)),
        ("tlsPolicy", domain.tls_policy.as_ref().map(|it| it.span)),
        ("accessMode", domain.access_mode.map(|it| it.span)),
        ("policy", domain.policy.as_ref().map(|it| it.span)),
        ("tags", domain.tags.first().map(|it| it.0.span)),
    ];
    let given = || settings.iter().filter_map(|it| Some((it.0, it.1?)));
    let names: Vec<&str> = given().map(|it| it.0).collect();
    if names.is_empty() {
        return;
    }
    let have = if let [_] = names[..] { "has" } else { "have" };
    let message = format!("{} {have} no effect: `{}` exists already", list(&names), domain.name.value);
    let mut finding = out.report(domain.name.span, message);
    for (_, span) in given() {
        finding = finding.label(span, "without effect");
    }
    finding.help("set it where the domain is created, or remove `existing`, so that this stack creates it");
}
