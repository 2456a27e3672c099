//! `Domain`: a custom domain name, what it maps to, and its DNS records.

use gatewright_ir::{ApiKind, Span};
use gatewright_spec::{Data, Raw};

use super::{Api, Shared, digest};
use crate::sam::made::{Properties, list, map, reference, text};

/// What the logical id of a domain name ends with.
pub(super) fn id(domain: &Raw) -> Option<String> {
    Some(digest(domain.get("DomainName")?))
}

/// Whether the domain of a REST API is reached from VPCs only.
pub(super) fn is_private(properties: &Raw) -> bool {
    let endpoint = properties.get("Domain").and_then(|it| it.get("EndpointConfiguration"));
    endpoint.and_then(Raw::as_str) == Some("PRIVATE")
}

/// The domain of a REST API.
pub(super) fn rest(api: &Api<'_>, shared: &mut Shared) {
    let Some((domain, id)) = of(api) else { return };
    let private = is_private(&api.properties);
    let endpoint = domain.get("EndpointConfiguration");
    let kind = endpoint.cloned().unwrap_or_else(|| text("REGIONAL", domain.span));
    let regional = kind.as_str() == Some("REGIONAL");
    let types = Properties::new(domain.span)
        .with("Types", list(kind.span, vec![kind]))
        .same(domain, &["IpAddressType"])
        .mapping();
    let certificate = if regional { "RegionalCertificateArn" } else { "CertificateArn" };
    let properties = Properties::new(domain.span)
        .same(domain, &["DomainName"])
        .renamed(domain, "CertificateArn", certificate)
        .with("EndpointConfiguration", types)
        .same(
            domain,
            &[
                "MutualTlsAuthentication",
                "SecurityPolicy",
                "EndpointAccessMode",
                "Policy",
                "OwnershipVerificationCertificateArn",
            ],
        );
    let (of, mapping_of, name) = match private {
        true => ("AWS::ApiGateway::DomainNameV2", "AWS::ApiGateway::BasePathMappingV2", "DomainNameArn"),
        false => ("AWS::ApiGateway::DomainName", "AWS::ApiGateway::BasePathMapping", "DomainName"),
    };
    shared.add(id.as_str(), properties.resource(of, api.condition));
    let normalised = domain.get("NormalizeBasePath").is_none_or(|it| it.data != Data::Bool(false));
    for path in paths(domain) {
        let text_of = path.and_then(Raw::as_str).unwrap_or_default();
        let plain: String = text_of.chars().filter(|it| it.is_alphanumeric()).collect();
        let key = path.map(|it| match it.as_str() {
            Some(_) if normalised => text(plain.as_str(), it.span),
            _ => it.clone(),
        });
        let span = path.map_or(domain.span, |it| it.span);
        let mapping = mapping(api, span, name, &id, "RestApiId").with_some("BasePath", key);
        shared.add(
            format!("{}{plain}BasePathMapping", api.id.value),
            mapping.resource(mapping_of, api.condition),
        );
    }
    if let (true, Some(access)) = (private, domain.get("AccessAssociation")) {
        let association = Properties::new(access.span)
            .with("DomainNameArn", reference(&id, access.span))
            .with("AccessAssociationSourceType", text("VPCE", access.span))
            .renamed(access, "VpcEndpointId", "AccessAssociationSource");
        let endpoint = access.get("VpcEndpointId").cloned().unwrap_or_else(|| text("", access.span));
        let of = digest(&list(access.span, vec![endpoint, text(id.as_str(), access.span)]));
        let association = association.resource("AWS::ApiGateway::DomainNameAccessAssociation", api.condition);
        shared.add(format!("DomainNameAccessAssociation{of}"), association);
    }
    records(api, domain, &id, shared);
}

/// The domain of an HTTP or WebSocket API.
pub(super) fn v2(api: &Api<'_>, shared: &mut Shared) {
    let Some((domain, id)) = of(api) else { return };
    let endpoint = domain.get("EndpointConfiguration");
    let configuration = Properties::new(domain.span)
        .same(
            domain,
            &["CertificateArn", "OwnershipVerificationCertificateArn", "SecurityPolicy", "IpAddressType"],
        )
        .with("EndpointType", endpoint.cloned().unwrap_or_else(|| text("REGIONAL", domain.span)))
        .mapping();
    let properties = Properties::new(domain.span)
        .same(domain, &["DomainName"])
        .with("DomainNameConfigurations", list(domain.span, vec![configuration]))
        .same(domain, &["MutualTlsAuthentication"]);
    shared.add(id.as_str(), properties.resource("AWS::ApiGatewayV2::DomainName", api.condition));
    for path in paths(domain) {
        let text_of = path.and_then(Raw::as_str).unwrap_or_default();
        let plain: String = text_of.chars().filter(|it| !matches!(it, '-' | '_' | '/')).collect();
        let key = path.map(|it| match it.as_str() {
            Some(path) => text(path.trim_matches('/'), it.span),
            None => it.clone(),
        });
        let span = path.map_or(domain.span, |it| it.span);
        let mapping = mapping(api, span, "DomainName", &id, "ApiId").with_some("ApiMappingKey", key);
        shared.add(
            format!("{}{plain}ApiMapping", api.id.value),
            mapping.resource("AWS::ApiGatewayV2::ApiMapping", api.condition),
        );
    }
    records(api, domain, &id, shared);
}

/// What is said of the domain, and its logical id.
fn of<'a>(api: &'a Api<'_>) -> Option<(&'a Raw, String)> {
    let domain = api.properties.get("Domain")?;
    Some((domain, format!("{}{}", api.domain_prefix(), id(domain)?)))
}

/// The paths under which the stage answers; `None` is the root.
fn paths(domain: &Raw) -> Vec<Option<&Raw>> {
    match domain.get("BasePath") {
        Some(Raw { data: Data::List(items), .. }) if !items.is_empty() => items.iter().map(Some).collect(),
        Some(it) if !matches!(it.data, Data::Null | Data::List(_)) => vec![Some(it)],
        _ => vec![None],
    }
}

fn mapping(api: &Api<'_>, span: Span, name: &str, domain: &str, of_api: &str) -> Properties {
    Properties::new(span)
        .with(name, reference(domain, span))
        .with(of_api, reference(&api.id.value, api.id.span))
        .with("Stage", reference(&api.stage_id(), api.id.span))
}

/// The DNS records of a domain: those of one hosted zone are in one group.
fn records(api: &Api<'_>, domain: &Raw, id: &str, shared: &mut Shared) {
    let Some(route53) = domain.get("Route53") else { return };
    let Some(zone) = route53.get("HostedZoneId").or_else(|| route53.get("HostedZoneName")) else { return };
    let span = route53.span;
    let attribute =
        |name: &str| map(span, [("Fn::GetAtt", list(span, vec![text(id, span), text(name, span)]))]);
    let edge = domain.get("EndpointConfiguration").and_then(Raw::as_str) == Some("EDGE");
    let target = Properties::new(span).same(route53, &["EvaluateTargetHealth"]);
    let target = if api.kind == ApiKind::Rest && is_private(&api.properties) {
        target.renamed(route53, "VpcEndpointHostedZoneId", "HostedZoneId").renamed(
            route53,
            "VpcEndpointDomainName",
            "DNSName",
        )
    } else if edge {
        let name = route53.get("DistributionDomainName").cloned();
        // The hosted zone of all CloudFront distributions.
        target
            .with("HostedZoneId", text("Z2FDTNDATAQYW2", span))
            .with("DNSName", name.unwrap_or_else(|| attribute("DistributionDomainName")))
    } else {
        target
            .with("HostedZoneId", attribute("RegionalHostedZoneId"))
            .with("DNSName", attribute("RegionalDomainName"))
    }
    .mapping();
    let record = |of: &str| {
        Properties::new(span)
            .renamed(domain, "DomainName", "Name")
            .with("Type", text(of, span))
            .with("AliasTarget", target.clone())
            .same(route53, &["Region", "SetIdentifier"])
            .mapping()
    };
    let mut records = vec![record("A")];
    if route53.get("IpV6").is_some_and(|it| it.data == Data::Bool(true)) {
        records.push(record("AAAA"));
    }
    let separate = route53.get("SeparateRecordSetGroup").is_some_and(|it| it.data == Data::Bool(true));
    let group = if separate {
        let name = domain.get("DomainName").cloned().unwrap_or_else(|| text("", span));
        format!("RecordSetGroup{}", digest(&list(span, vec![zone.clone(), name])))
    } else {
        format!("RecordSetGroup{}", digest(zone))
    };
    if let Some(known) = shared.records(&group) {
        known.append(&mut records);
        return;
    }
    let properties = Properties::new(span)
        .same(route53, &["HostedZoneId", "HostedZoneName"])
        .with("RecordSets", list(span, records));
    shared.add(group, properties.resource("AWS::Route53::RecordSetGroup", api.condition));
}

impl Shared {
    /// The records in a group that was made before.
    fn records(&mut self, group: &str) -> Option<&mut Vec<Raw>> {
        let resource = &mut self.resources.iter_mut().find(|it| &*it.0.value == group)?.1;
        match &mut inside(inside(resource, "Properties")?, "RecordSets")?.data {
            Data::List(records) => Some(records),
            _ => None,
        }
    }
}

fn inside<'r>(it: &'r mut Raw, key: &str) -> Option<&'r mut Raw> {
    match &mut it.data {
        Data::Map(entries) => entries.iter_mut().find(|it| &*it.0.value == key).map(|it| &mut it.1),
        _ => None,
    }
}
