use gatewright_ir::sole_hole;
use gatewright_source::Severity;

use super::web_acls::associations;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-web-acl-target",
    page: include_str!("malformed_web_acl_target.md"),
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
    for (_, arn, value) in associations(template) {
        let named = sole_hole(&arn).and_then(|it| template.get(it.0)).map(|it| it.of);
        let message =
            if arn.contains(":apigateway:") && arn.contains("/restapis/") && !arn.contains("/stages/") {
                "this is the ARN of an API, and a web ACL protects a stage"
            } else if let Some(
                "AWS::ApiGateway::Stage" | "AWS::ApiGateway::RestApi" | "AWS::Serverless::Api",
            ) = named
            {
                "this is no ARN: a web ACL protects the ARN of a stage"
            } else {
                continue;
            };
        out.report(value.span, message).help(
            "write `!Sub arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Stage}`",
        );
    }
}
