use gatewright_ir::EndpointType;
use gatewright_source::{Edit, Fix, Safety, Severity};

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "vpc-endpoints-on-public-api",
    page: include_str!("vpc_endpoints_on_public_api.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let endpoint = &cx.ir.api.endpoint;
    if endpoint.kind != EndpointType::Private
        && let Some(first) = endpoint.vpc_endpoints.first()
    {
        out.report(first.span, "only private APIs are reached through VPC endpoints")
            .help("write `type: private`, or remove `vpcEndpoints`")
            .help_in(Formats::FOREIGN, "make the API private, or leave out its VPC endpoints")
            .fix(Fix::safe("remove the endpoints", [Edit::remove_holder(first.span)]));
    }
}
