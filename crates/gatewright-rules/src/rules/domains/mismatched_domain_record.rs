use gatewright_ir::{Raw, UNKNOWN, has_holes, sole_hole};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::written::{NEWER, OLDER, endpoint};
use crate::rules::cloudformation::property::items;
use crate::rules::cloudformation::template::{Resource, Template, text};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "mismatched-domain-record",
    page: include_str!("mismatched_domain_record.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// What DNS records of domains point to: the attributes of the name and of the hosted zone, and whose they are.
const TARGETS: [(&str, &str, &str); 2] = [
    ("RegionalDomainName", "RegionalHostedZoneId", "REGIONAL"),
    ("DistributionDomainName", "DistributionHostedZoneId", "EDGE"),
];

/// The hosted zone of CloudFront, in which the names of edge-optimized domains are.
///
/// Source: Amazon Route 53 API Reference, `AliasTarget`: `HostedZoneId`.
const CLOUDFRONT: &str = "Z2FDTNDATAQYW2";

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    let alone = template.of_type("AWS::Route53::RecordSet").filter_map(|it| it.properties());
    let groups = template.of_type("AWS::Route53::RecordSetGroup");
    for record in alone.chain(groups.flat_map(|it| items(it.get("RecordSets")))) {
        of_record(template, record, out);
    }
}

fn of_record(template: &Template<'_>, record: &Raw, out: &mut Findings) {
    let Some(target) = record.get("AliasTarget") else { return };
    let (Some(name), Some(zone)) = (target.get("DNSName"), target.get("HostedZoneId")) else { return };
    let (Some(name_text), Some(zone_text)) = (text(name), text(zone)) else { return };
    let Some((id, Some(attribute))) = sole_hole(&name_text) else { return };
    let Some(domain) = template.get(id).filter(|it| it.of == OLDER || it.of == NEWER) else { return };
    let Some((_, wanted, endpoint_type)) = TARGETS.into_iter().find(|it| it.0 == attribute) else { return };
    let its = if domain.of == OLDER { endpoint(domain) } else { Some("REGIONAL") };
    if let Some(its) = its.filter(|its| *its != endpoint_type && (*its == "EDGE" || *its == "REGIONAL")) {
        let (right, ..) = TARGETS[usize::from(its == "EDGE")];
        let what = if its == "EDGE" { "edge-optimized" } else { "regional" };
        out.report(name.span, format!("`{id}` is {what}, and has no `{attribute}`"))
            .label(domain.id.span, "the domain")
            .help(format!("write `!GetAtt {id}.{right}`"));
        return;
    }
    let is_wrong = match sole_hole(&zone_text) {
        Some((of, Some(zone))) => of == id && zone != wanted && TARGETS.iter().any(|it| it.1 == zone),
        _ => zone_text == CLOUDFRONT && endpoint_type == "REGIONAL",
    };
    if is_wrong {
        let edit = Edit::Set {
            at: zone.span,
            value: Written::Mapping(vec![(
                "Fn::GetAtt".to_owned(),
                Written::List(vec![Written::text(id), Written::text(wanted)]),
            )]),
        };
        let title = format!("write `!GetAtt {id}.{wanted}`");
        out.report(zone.span, format!("`{attribute}` of `{id}` is not in this hosted zone"))
            .label(name.span, "the name is this one")
            .help(title.clone())
            .fix(Fix::safe(title, [edit]));
    }
    other_name(record, domain, out);
}

/// A record with another name than the domain that it points to.
fn other_name(record: &Raw, domain: &Resource<'_>, out: &mut Findings) {
    let (Some(name), Some(wanted)) = (record.get("Name"), domain.text("DomainName")) else { return };
    let Some(said) = text(name) else { return };
    let is_known = |it: &str| !has_holes(it) && !it.contains(UNKNOWN) && !it.contains("{{");
    let (said, wanted) = (said.trim_end_matches('.').to_ascii_lowercase(), wanted.to_ascii_lowercase());
    let is_within =
        wanted.strip_prefix("*.").is_some_and(|it| said.split_once('.').is_some_and(|(_, end)| end == it));
    if is_known(&said) && is_known(&wanted) && said != wanted && !is_within {
        out.report(
            name.span,
            format!("`{said}` points to the domain `{wanted}`, which answers by its own name only"),
        )
        .label(domain.id.span, "the domain")
        .help(format!("name the record `{wanted}`"))
        .warning();
    }
}
