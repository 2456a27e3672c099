//! `AWS::Route53::RecordSet`

use gatewright_ir::{Domain, DomainId, EndpointType, Generated};

use super::domain_name::{Family, family, is_dualstack};
use super::template::Template;
use crate::artifact::Note;
use crate::binding::Bindings;
use crate::intrinsic::attribute;
use crate::object::{Object, text};

/// Adds the records that lead to a domain name: one, and a second one for IPv6.
pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>, id: DomainId, domain: &Domain) {
    let Some(zone) = &domain.hosted_zone else { return };
    let Some((name, hosted_zone)) = target(cx, domain) else {
        template.notes.push(Note::new(format!(
            "no DNS record is made for `{}`: a private domain name is resolved to the VPC endpoint, in a private hosted \
             zone of the VPC",
            domain.name.value
        )));
        return;
    };
    let target = cx.id(Generated::Domain(id));
    let mut add = |record: Generated, kind: &str| {
        let alias = Object::new()
            .set("DNSName", attribute(&target, name))
            .set("HostedZoneId", attribute(&target, hosted_zone))
            .set("EvaluateTargetHealth", false);
        let properties = Object::new()
            .set("HostedZoneId", text(zone))
            .set("Name", &*domain.name.value)
            .set("Type", kind)
            .set("AliasTarget", alias);
        template.add(&cx.id(record), "AWS::Route53::RecordSet", properties);
    };
    add(Generated::DomainRecord(id), "A");
    if is_dualstack(domain) {
        add(Generated::DomainRecordIpv6(id), "AAAA");
    }
}

/// The attributes of a domain name that hold where its records lead: host and hosted zone.
pub(super) fn target(cx: &Bindings<'_>, domain: &Domain) -> Option<(&'static str, &'static str)> {
    match (family(cx, domain), domain.endpoint) {
        (Family::Private, _) => None,
        (Family::Public, EndpointType::Edge) => Some(("DistributionDomainName", "DistributionHostedZoneId")),
        (Family::Public | Family::V2, _) => Some(("RegionalDomainName", "RegionalHostedZoneId")),
    }
}
