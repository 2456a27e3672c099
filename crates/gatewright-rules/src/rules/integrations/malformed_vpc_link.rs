use gatewright_ir::{Data, Raw};
use gatewright_source::Severity;

use crate::rules::cloudformation::property::named;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-vpc-link",
    page: include_str!("malformed_vpc_link.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    // Of an item that depends on a condition it is not known whether it is there.
    let is_decided = |it: &Raw| it.function().is_none_or(|it| matches!(it.0, "Fn::GetAtt" | "Fn::Sub"));
    let is_item = |it: &Raw| is_decided(it) || named(it).is_some_and(|it| !it.0.starts_with("AWS::"));
    let count = |it: &Raw| match &it.data {
        Data::List(items) if items.iter().all(is_item) => Some(items.len()),
        _ => None,
    };
    for it in template.of_type("AWS::ApiGateway::VpcLink") {
        let Some(targets) = it.get("TargetArns") else { continue };
        let Some(number) = count(targets).filter(|it| *it != 1) else { continue };
        let id = &it.id.value;
        let message = match number {
            0 => format!("the VPC link `{id}` leads nowhere"),
            _ => format!("the VPC link `{id}` has {number} load balancers, and can have one"),
        };
        out.report(targets.span, message)
            .help("name one Network Load Balancer; make a VPC link for each other");
    }
    for it in template.of_type("AWS::ApiGatewayV2::VpcLink") {
        if let Some(subnets) = it.get("SubnetIds").filter(|it| count(it) == Some(0)) {
            out.report(subnets.span, format!("the VPC link `{}` has no subnets", it.id.value))
                .help("name a subnet in each availability zone that it shall reach");
        }
    }
}
