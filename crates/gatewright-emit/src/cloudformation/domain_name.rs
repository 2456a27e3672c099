//! `AWS::ApiGatewayV2::DomainName`, with its mappings and DNS records.

use gatewright_ir::{Domain, Generated, IpAddressType};

use super::template::Template;
use super::{api_mapping, record_set};
use crate::artifact::Note;
use crate::binding::Bindings;
use crate::object::{Object, json, tags, text};
use crate::openapi::ip_address_type;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for (id, domain) in cx.ir.domains.iter() {
        if !belongs(cx, domain) {
            continue;
        }
        if domain.existing {
            if domain.hosted_zone.is_some() {
                template.notes.push(Note::new(format!(
                    "no DNS record is made for `{}`: where an existing domain name leads to is not known here",
                    domain.name.value
                )));
            }
        } else {
            emit_domain(cx, template, &cx.id(Generated::Domain(id)), domain);
            record_set::emit(cx, template, id, domain);
        }
        api_mapping::emit(cx, template, id, domain);
    }
}

/// Whether a domain name is wanted: in a stack of one stage, one that leads to other stages only is not.
pub(super) fn belongs(cx: &Bindings<'_>, domain: &Domain) -> bool {
    domain.mappings.is_empty()
        || domain.mappings.iter().any(|it| it.stage.is_some_and(|it| cx.stages.contains(&it)))
}

/// Whether clients may use IPv6, as far as that is known.
pub(super) fn is_dualstack(domain: &Domain) -> bool {
    domain.ip_address_type.as_ref().and_then(|it| it.value.known()) == Some(&IpAddressType::Dualstack)
}

fn emit_domain(cx: &Bindings<'_>, template: &mut Template<'_>, id: &str, domain: &Domain) {
    let ownership = domain.mutual_tls.as_ref().and_then(|it| it.ownership_certificate.as_ref());
    let configuration = Object::new()
        .maybe("CertificateArn", domain.certificate.as_ref().map(text))
        .set("EndpointType", "REGIONAL")
        .set("SecurityPolicy", "TLS_1_2")
        .maybe(
            "IpAddressType",
            domain.ip_address_type.as_ref().map(|it| json(it, |it| ip_address_type(*it).into())),
        )
        .maybe("OwnershipVerificationCertificateArn", ownership.map(text));
    let mutual_tls = domain.mutual_tls.as_ref().map(|it| {
        Object::new()
            .set("TruststoreUri", text(&it.truststore))
            .maybe("TruststoreVersion", it.version.as_ref().map(text))
    });
    let properties = Object::new()
        .set("DomainName", &*domain.name.value)
        .set("DomainNameConfigurations", vec![configuration])
        .maybe("MutualTlsAuthentication", mutual_tls)
        .object("Tags", tags(&cx.ir.api.tags, &domain.tags));
    template.add(id, "AWS::ApiGatewayV2::DomainName", properties);
    let elsewhere = domain.mappings.iter().filter_map(|it| it.stage).find(|it| !cx.stages.contains(it));
    if let Some(stage) = elsewhere {
        template.notes.push(Note::new(format!(
            "`{}` leads to stage `{}`, too: only one stack can create a domain name, so create it elsewhere and say \
             `existing: true` here",
            domain.name.value,
            cx.stage_name(stage)
        )));
    }
}
