//! `AWS::Route53::RecordSet`

use gatewright_ir::{Domain, DomainId, Generated};

use super::domain_name::is_dualstack;
use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::attribute;
use crate::object::{Object, text};

/// Adds the records that lead to a domain name: one, and a second one for IPv6.
pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>, id: DomainId, domain: &Domain) {
    let Some(zone) = &domain.hosted_zone else { return };
    let target = cx.id(Generated::Domain(id));
    let mut add = |record: Generated, kind: &str| {
        let alias = Object::new()
            .set("DNSName", attribute(&target, "RegionalDomainName"))
            .set("HostedZoneId", attribute(&target, "RegionalHostedZoneId"))
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
