//! `AWS::ApiGatewayV2::DomainName`, `AWS::ApiGateway::DomainName` and `AWS::ApiGateway::DomainNameV2`, with their
//! mappings and DNS records.

use gatewright_ir::{AccessMode, ApiKind, Domain, EndpointType, Generated, IpAddressType};
use serde_json::Value;

use super::template::Template;
use super::{api_mapping, domain_access, record_set};
use crate::artifact::Note;
use crate::binding::{Bindings, policy};
use crate::object::{Object, json, tag_list, tags, text};
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
            let logical_id = cx.id(Generated::Domain(id));
            match family(cx, domain) {
                Family::V2 => emit_v2(cx, template, &logical_id, domain),
                Family::Public => emit_public(cx, template, &logical_id, domain),
                Family::Private => emit_private(cx, template, &logical_id, domain),
            }
            note_other_stages(cx, template, domain);
            record_set::emit(cx, template, id, domain);
            domain_access::emit(cx, template, id, domain);
        }
        api_mapping::emit(cx, template, id, domain);
    }
}

/// Which resource type a domain name has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `AWS::ApiGatewayV2::DomainName`: HTTP and WebSocket APIs.
    V2,
    /// `AWS::ApiGateway::DomainName`: REST APIs.
    Public,
    /// `AWS::ApiGateway::DomainNameV2`: REST APIs, reached from VPCs.
    Private,
}

pub(super) fn family(cx: &Bindings<'_>, domain: &Domain) -> Family {
    match (cx.ir.api.kind, domain.endpoint) {
        (ApiKind::Http | ApiKind::WebSocket, _) => Family::V2,
        (ApiKind::Rest, EndpointType::Private) => Family::Private,
        (ApiKind::Rest, EndpointType::Edge | EndpointType::Regional) => Family::Public,
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

fn emit_v2(cx: &Bindings<'_>, template: &mut Template<'_>, id: &str, domain: &Domain) {
    let configuration = Object::new()
        .maybe("CertificateArn", domain.certificate.as_ref().map(text))
        .set("EndpointType", "REGIONAL")
        .set("SecurityPolicy", "TLS_1_2")
        .maybe("IpAddressType", ip_address(domain))
        .maybe("OwnershipVerificationCertificateArn", ownership_certificate(domain));
    let properties = Object::new()
        .set("DomainName", &*domain.name.value)
        .set("DomainNameConfigurations", vec![configuration])
        .maybe("MutualTlsAuthentication", mutual_tls(domain))
        .object("Tags", tags(&cx.ir.api.tags, &domain.tags));
    template.add(id, "AWS::ApiGatewayV2::DomainName", properties);
}

fn emit_public(cx: &Bindings<'_>, template: &mut Template<'_>, id: &str, domain: &Domain) {
    let (kind, certificate) = match domain.endpoint {
        EndpointType::Edge => ("EDGE", "CertificateArn"),
        EndpointType::Regional | EndpointType::Private => ("REGIONAL", "RegionalCertificateArn"),
    };
    let properties = Object::new()
        .set("DomainName", &*domain.name.value)
        .maybe(certificate, domain.certificate.as_ref().map(text))
        .set("EndpointConfiguration", endpoint(domain, kind))
        .set("SecurityPolicy", tls_policy(domain))
        .maybe("EndpointAccessMode", access_mode(domain))
        .maybe("MutualTlsAuthentication", mutual_tls(domain))
        .maybe("OwnershipVerificationCertificateArn", ownership_certificate(domain))
        .list("Tags", tag_list(tags(&cx.ir.api.tags, &domain.tags)));
    template.add(id, "AWS::ApiGateway::DomainName", properties);
}

fn emit_private(cx: &Bindings<'_>, template: &mut Template<'_>, id: &str, domain: &Domain) {
    let properties = Object::new()
        .set("DomainName", &*domain.name.value)
        .maybe("CertificateArn", domain.certificate.as_ref().map(text))
        .set("EndpointConfiguration", endpoint(domain, "PRIVATE"))
        .set("SecurityPolicy", tls_policy(domain))
        .maybe("EndpointAccessMode", access_mode(domain))
        .maybe("Policy", domain.policy.as_ref().and_then(|it| policy(cx.ir, it, true)))
        .list("Tags", tag_list(tags(&cx.ir.api.tags, &domain.tags)));
    template.add(id, "AWS::ApiGateway::DomainNameV2", properties);
}

fn endpoint(domain: &Domain, kind: &str) -> Object {
    Object::new().set("Types", vec![kind]).maybe("IpAddressType", ip_address(domain))
}

fn ip_address(domain: &Domain) -> Option<Value> {
    domain.ip_address_type.as_ref().map(|it| json(it, |it| ip_address_type(*it).into()))
}

/// The TLS policy; written out where it is the default, so that one sees what holds.
fn tls_policy(domain: &Domain) -> Value {
    domain.tls_policy.as_ref().map_or("TLS_1_2".into(), text)
}

fn access_mode(domain: &Domain) -> Option<&'static str> {
    domain.access_mode.map(|it| match it.value {
        AccessMode::Basic => "BASIC",
        AccessMode::Strict => "STRICT",
    })
}

fn mutual_tls(domain: &Domain) -> Option<Object> {
    domain.mutual_tls.as_ref().map(|it| {
        Object::new()
            .set("TruststoreUri", text(&it.truststore))
            .maybe("TruststoreVersion", it.version.as_ref().map(text))
    })
}

fn ownership_certificate(domain: &Domain) -> Option<Value> {
    domain.mutual_tls.as_ref().and_then(|it| it.ownership_certificate.as_ref()).map(text)
}

fn note_other_stages(cx: &Bindings<'_>, template: &mut Template<'_>, domain: &Domain) {
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
