use gatewright_ir::Data;
use gatewright_source::Severity;

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
    let list = |it: &gatewright_ir::Raw| match &it.data {
        // A function as the only item may be a list itself.
        Data::List(items) if items.iter().all(|it| it.as_str().is_some() || items.len() > 1) => {
            Some(items.len())
        }
        _ => None,
    };
    for it in template.of_type("AWS::ApiGateway::VpcLink") {
        let Some(targets) = it.get("TargetArns") else { continue };
        let Some(count) = list(targets).filter(|it| *it != 1) else { continue };
        let id = &it.id.value;
        let message = match count {
            0 => format!("the VPC link `{id}` leads nowhere"),
            _ => format!("the VPC link `{id}` has {count} load balancers, and can have one"),
        };
        out.report(targets.span, message)
            .help("name one Network Load Balancer; make a VPC link for each other");
    }
    for it in template.of_type("AWS::ApiGatewayV2::VpcLink") {
        if let Some(subnets) = it.get("SubnetIds").filter(|it| list(it) == Some(0)) {
            out.report(subnets.span, format!("the VPC link `{}` has no subnets", it.id.value))
                .help("name a subnet in each availability zone that it shall reach");
        }
    }
}
