use gatewright_source::Severity;

use super::web_acls::associations;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "web-acl-on-http-api",
    page: include_str!("web_acl_on_http_api.md"),
    severity: Severity::Error,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(template) = cx.template().filter(|_| cx.is_first) else { return };
    for (it, arn, value) in associations(template) {
        let is_v2 = |it: &str| {
            matches!(it, "AWS::ApiGatewayV2::Api" | "AWS::ApiGatewayV2::Stage" | "AWS::Serverless::HttpApi")
        };
        let names_v2 =
            gatewright_ir::sole_hole(&arn).and_then(|it| template.get(it.0)).is_some_and(|it| is_v2(it.of));
        if names_v2 || arn.contains(":apigateway:") && arn.contains("/apis/") {
            out.report(
                value.span,
                format!("`{}` protects nothing: HTTP and WebSocket APIs have no web ACL", it.id.value),
            )
            .help("put CloudFront in front of the API with the web ACL, or make it a REST API");
        }
    }
}
