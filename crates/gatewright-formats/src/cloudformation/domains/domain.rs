//! One custom domain name: `AWS::ApiGateway::DomainName`, `AWS::ApiGateway::DomainNameV2` or
//! `AWS::ApiGatewayV2::DomainName`, with the records and VPC endpoints that lead to it.

use std::borrow::Cow;

use gatewright_ir::{
    AccessMode, Domain, DomainId, EndpointType, Generated, Located, MutualTls, Name, PolicyKind,
    ResourcePolicy, Span, Spanned, Text,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::super::Resource;
use super::super::v2::ip_address_type;
use crate::draft::{Draft, Reading, is_there};
use crate::written::{sole_hole, written};

/// What stands around domains, by their logical ids.
pub(super) struct Around<'r> {
    /// Resources with DNS records, and the zones of those.
    records: FxHashMap<String, Vec<(&'r Name, &'r Raw)>>,
    /// Associations with VPC endpoints.
    access: FxHashMap<String, Vec<Resource<'r>>>,
}

impl<'r> Around<'r> {
    /// Looks for what stands around domains.
    pub(super) fn new(cx: &Reading<'_>, all: &[Resource<'r>]) -> Self {
        let mut out = Self { records: FxHashMap::default(), access: FxHashMap::default() };
        for it in all {
            match it.of {
                "AWS::Route53::RecordSet" => out.record(cx, it.id, it.properties, it.properties),
                "AWS::Route53::RecordSetGroup" => {
                    let Some(Data::List(records)) = it.properties.get("RecordSets").map(|it| &it.data) else {
                        continue;
                    };
                    records.iter().for_each(|record| out.record(cx, it.id, record, it.properties));
                }
                "AWS::ApiGateway::DomainNameAccessAssociation" => {
                    if let Some(domain) = owner(cx, it.properties.get("DomainNameArn")) {
                        out.access.entry(domain).or_default().push(*it);
                    }
                }
                _ => {}
            }
        }
        out
    }

    fn record(&mut self, cx: &Reading<'_>, id: &'r Name, record: &'r Raw, zone: &'r Raw) {
        let target = record.get("AliasTarget").and_then(|it| owner(cx, it.get("DNSName")));
        let zone = record.get("HostedZoneId").or_else(|| zone.get("HostedZoneId"));
        if let (Some(domain), Some(zone)) = (target, zone) {
            self.records.entry(domain).or_default().push((id, zone));
        }
    }
}

/// The resource of which a value is an attribute, or the resource itself.
fn owner(cx: &Reading<'_>, it: Option<&Raw>) -> Option<String> {
    Some(sole_hole(&written(&cx.scope, it?)?)?.0.to_owned())
}

/// A domain that stands elsewhere.
pub(super) fn existing(draft: &mut Draft, id: DomainId, written: &Raw, fallback: &Name) -> Domain {
    Domain {
        name: draft.name(Generated::Domain(id), Some(written), fallback),
        existing: true,
        certificate: None,
        hosted_zone: None,
        mutual_tls: None,
        mappings: Vec::new(),
        ip_address_type: None,
        endpoint: draft.ir.api.endpoint.kind,
        endpoint_span: None,
        tls_policy: None,
        access_mode: None,
        policy: None,
        vpc_endpoints: Vec::new(),
        tags: Vec::new(),
    }
}

/// Reads a domain of the template.
pub(super) fn read(draft: &mut Draft, id: DomainId, it: Resource<'_>, around: &Around<'_>) -> Domain {
    let of = it.properties;
    draft.called(Generated::Domain(id), &it.id.value);
    let name = draft.name(Generated::Domain(id), of.get("DomainName"), it.id);
    let mutual_tls = draft.inner(of, "MutualTlsAuthentication").filter(|it| it.function().is_none());
    let (settings, endpoint) = match it.of {
        "AWS::ApiGatewayV2::DomainName" => {
            let settings = first(draft, of, "DomainNameConfigurations");
            let endpoint = settings.as_ref().and_then(|it| it.get("EndpointType"));
            let endpoint = endpoint.map(|it| it.span);
            (settings, (EndpointType::Regional, endpoint))
        }
        _ => (draft.inner(of, "EndpointConfiguration"), endpoint(draft, of)),
    };
    let is_v2 = it.of == "AWS::ApiGatewayV2::DomainName";
    // Which keys are whose: those of a configuration, or those of the domain.
    let own = if is_v2 { settings.clone() } else { Some(of.clone()) };
    let certificate = match endpoint.0 {
        EndpointType::Regional if !is_v2 => draft.text_of(of, "RegionalCertificateArn"),
        _ => own.as_ref().and_then(|it| draft.text_of(it, "CertificateArn")),
    };
    let tls_policy = own.as_ref().and_then(|it| draft.text_of(it, "SecurityPolicy"));
    let ownership = own.as_ref().and_then(|it| draft.text_of(it, "OwnershipVerificationCertificateArn"));
    let mutual_tls = mutual_tls.and_then(|it| {
        Some(MutualTls {
            truststore: draft.text_of(&it, "TruststoreUri")?,
            version: draft.text_of(&it, "TruststoreVersion"),
            ownership_certificate: ownership,
        })
    });
    let ip_address_type =
        settings.as_ref().and_then(|it| draft.parsed_of(it, "IpAddressType", ip_address_type));
    Domain {
        existing: false,
        certificate,
        hosted_zone: hosted_zone(draft, id, it, around),
        mutual_tls,
        mappings: Vec::new(),
        ip_address_type,
        endpoint: endpoint.0,
        endpoint_span: endpoint.1,
        tls_policy,
        access_mode: access_mode(draft, of),
        policy: policy(draft, of),
        vpc_endpoints: vpc_endpoints(draft, id, it, around),
        tags: tags(draft, of),
        name,
    }
}

fn endpoint(draft: &mut Draft, of: &Raw) -> (EndpointType, Option<Span>) {
    let types = draft.inner(of, "EndpointConfiguration").map(|it| draft.texts_of(&it, "Types"));
    let Some(first) = types.and_then(|it| it.into_iter().next()) else {
        // Source: AWS CloudFormation User Guide, `AWS::ApiGateway::DomainName`.
        return (EndpointType::Edge, None);
    };
    let kind = match first.value.as_str() {
        Some("EDGE") => EndpointType::Edge,
        Some("REGIONAL") => EndpointType::Regional,
        Some("PRIVATE") => EndpointType::Private,
        _ => return (draft.ir.api.endpoint.kind, None),
    };
    (kind, Some(first.span))
}

fn access_mode(draft: &mut Draft, of: &Raw) -> Option<Spanned<AccessMode>> {
    let read = |it: &str| match it {
        "BASIC" => Some(AccessMode::Basic),
        "STRICT" => Some(AccessMode::Strict),
        _ => None,
    };
    let it = draft.parsed_of(of, "EndpointAccessMode", read)?;
    Some(Spanned::new(*it.value.known()?, it.span))
}

fn policy(draft: &Draft, of: &Raw) -> Option<ResourcePolicy> {
    let it = draft.inner(of, "Policy")?;
    let is_document = it.function().is_none() && matches!(it.data, Data::Map(_));
    let span = it.span;
    Some(ResourcePolicy {
        span,
        kind: if is_document { PolicyKind::Document(it) } else { PolicyKind::Unknown },
    })
}

fn hosted_zone(
    draft: &mut Draft,
    id: DomainId,
    of: Resource<'_>,
    around: &Around<'_>,
) -> Option<Located<Text>> {
    let records = around.records.get(&*of.id.value)?;
    for ((logical_id, _), record) in
        records.iter().zip([Generated::DomainRecord(id), Generated::DomainRecordIpv6(id)])
    {
        draft.called(record, &logical_id.value);
    }
    records.first().map(|it| draft.text(it.1))
}

fn vpc_endpoints(
    draft: &mut Draft,
    id: DomainId,
    of: Resource<'_>,
    around: &Around<'_>,
) -> Vec<Located<Text>> {
    let mut out = Vec::new();
    for it in around.access.get(&*of.id.value).map(|it| &it[..]).unwrap_or_default() {
        if let Some(endpoint) = draft.text_of(it.properties, "AccessAssociationSource") {
            draft.called(Generated::DomainAccess(id, out.len()), &it.id.value);
            out.push(endpoint);
        }
    }
    out
}

/// Tags: a mapping, or a list of keys and values.
fn tags(draft: &mut Draft, of: &Raw) -> Vec<(Name, Located<Text>)> {
    let Some(it) = draft.inner(of, "Tags") else { return Vec::new() };
    match &it.data {
        Data::List(items) => {
            let tag = |it: &Raw| Some((draft.name_of(it, "Key")?, draft.text_of(it, "Value")?));
            items.iter().filter_map(tag).collect()
        }
        _ => draft.pairs(&it),
    }
}

/// The first of a list under a key.
fn first(draft: &Draft, of: &Raw, key: &str) -> Option<Raw> {
    let list = draft.inner(of, key)?;
    let Data::List(items) = &list.data else { return None };
    let first = items.iter().find(|it| is_there(it))?;
    draft.scope.structure(first).map(Cow::into_owned)
}
