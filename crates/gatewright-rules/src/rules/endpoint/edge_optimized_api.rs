use gatewright_ir::{Data, EndpointType, Generated, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity, Written};

use super::super::stages::posture::provide;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "edge-optimized-api",
    page: include_str!("edge_optimized_api.md"),
    severity: Severity::Warning,
    category: Category::Performance,
    preset: Preset::Strict,
    fix: Some(Safety::Unsafe),
    kinds: Kinds::REST,
    formats: Formats::DEPLOYMENTS,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let (endpoint, provenance) = (&cx.ir.api.endpoint, &cx.ir.provenance);
    if endpoint.kind_unknown || provenance.is_fragment {
        return;
    }
    if endpoint.kind != EndpointType::Edge {
        // The kind of a domain is a guess where it is not said.
        for domain in cx.ir.domains.values().filter(|it| it.endpoint == EndpointType::Edge && !it.existing) {
            if let Some(span) = domain.endpoint_span {
                out.report(span, format!("requests to `{}` go through CloudFront", domain.name.value))
                    .help("make it regional, as the API is, and put a distribution of your own before it if callers are far away");
            }
        }
        return;
    }
    let name = &cx.ir.api.name;
    let finding = match endpoint.span {
        Some(span) => out.report(span, format!("requests to `{}` go through CloudFront", name.value)),
        None => out.report(
            name.span,
            format!("requests to `{}` go through CloudFront, as nothing else is said", name.value),
        ),
    };
    let ours =
        "write `endpoint: regional`, and put a distribution of your own before it if callers are far away";
    finding
        .help(ours)
        .help_in(Formats::CLOUDFORMATION, "set `EndpointConfiguration: { Types: [REGIONAL] }`")
        .help_in(Formats::SAM, "set `EndpointConfiguration: { Type: REGIONAL }`")
        .help_in(Formats::SERVERLESS, "write `endpointType: REGIONAL` under `provider`")
        .fix_in(Formats::TEMPLATES, || in_template(cx))
        .fix_in(Formats::SERVERLESS, || provide(cx.ir, &["endpointType"], Written::text("REGIONAL")));
}

/// The API is called from its region.
fn in_template(cx: &Context<'_>) -> Option<Fix> {
    let regional = || Written::text("REGIONAL");
    let resource = cx.template()?.get(cx.ir.provenance.logical_ids.get(&Generated::Api)?)?;
    let is_sam = resource.of == "AWS::Serverless::Api";
    let edit = match resource.get("EndpointConfiguration") {
        Some(written) => {
            let types = written.get(if is_sam { "Type" } else { "Types" }).unwrap_or(written);
            let first = match &types.data {
                Data::List(items) => items.first()?,
                _ => types,
            };
            (first.as_str()? == "EDGE").then(|| Edit::Set { at: first.span, value: regional() })?
        }
        None => {
            let beside: &Raw = ["StageName", "Name", "Body"].into_iter().find_map(|it| resource.get(it))?;
            let value = match is_sam {
                true => ("Type".to_owned(), regional()),
                false => ("Types".to_owned(), Written::List(vec![regional()])),
            };
            let key = "EndpointConfiguration".to_owned();
            Edit::AddBeside { entry: beside.span, key, value: Written::Mapping(vec![value]) }
        }
    };
    Some(Fix::needs_a_look("make the API regional", [edit]))
}
