use gatewright_ir::{Raw, VpcLink, sole_hole};
use gatewright_source::Severity;

use super::template::text;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "vpc-link-to-wrong-load-balancer",
    page: include_str!("vpc_link_to_wrong_load_balancer.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// The resource that is a load balancer, and what the template calls one of each sort that a link cannot lead to.
const LOAD_BALANCER: &str = "AWS::ElasticLoadBalancingV2::LoadBalancer";
const OTHERS: [(&str, &str); 2] = [("application", ":loadbalancer/app/"), ("gateway", ":loadbalancer/gwy/")];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for link in cx.ir.vpc_links.values() {
        let (Some(target), Some(sort)) = (&link.target, other_sort(cx, link)) else { continue };
        out.report(target.span, format!("`{}` leads to {sort} load balancer", link.name.value))
            .help("name a network load balancer; to others leads only a link with subnets");
    }
}

/// The sort of the load balancer that a link without subnets leads to, if it is known and not the right one.
fn other_sort(cx: &Context<'_>, link: &VpcLink) -> Option<&'static str> {
    if link.existing.is_some() || link.subnets.is_some() {
        return None;
    }
    let target = link.target.as_ref()?;
    let article = |sort: &str| if sort == "gateway" { "a gateway" } else { "an application" };
    if let Some(arn) = target.value.as_str() {
        return OTHERS.iter().find(|it| arn.contains(it.1)).map(|it| article(it.0));
    }
    let named = text(target.value.deferred()?)?;
    let (id, None | Some("LoadBalancerArn")) = sole_hole(&named)? else { return None };
    let resource = match cx.template() {
        Some(it) => it.get(id)?.whole,
        None => cx.ir.template.resources.iter().find(|it| &*it.0.value == id).map(|it| &it.1)?,
    };
    if resource.get("Type").and_then(Raw::as_str) != Some(LOAD_BALANCER) {
        return None;
    }
    // Source: AWS CloudFormation Template Reference, "AWS::ElasticLoadBalancingV2::LoadBalancer": `application` is the default.
    let sort = match resource.get("Properties").and_then(|it| it.get("Type")) {
        None => "application",
        Some(it) => it.as_str()?,
    };
    OTHERS.iter().find(|it| it.0 == sort).map(|it| article(it.0))
}
