use gatewright_ir::{EndpointType, Generated};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "private-api-without-policy",
    page: include_str!("private_api_without_policy.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let api = &cx.ir.api;
    if api.endpoint.kind != EndpointType::Private || api.policy.is_some() {
        return;
    }
    let id = cx.ir.logical_id(Generated::Api);
    let mut overrides = cx.ir.template.overrides.iter().filter(|it| *it.0.value == *id);
    if overrides.any(|it| it.1.get("Properties").is_some_and(|it| it.get("Policy").is_some())) {
        return;
    }
    out.report(api.endpoint.span.unwrap_or(api.name.span), "no policy says who may call this private API")
        .help("say through which VPC endpoints callers come: `policy: { allow: [{ vpcEndpoint: vpce-… }] }`").help_in(Formats::CLOUDFORMATION, "give it a `Policy` that allows those who come through your VPC endpoints: `aws:SourceVpce`").help_in(Formats::SAM, "give it a `ResourcePolicy` under `Auth` that allows those who come through your VPC endpoints: `aws:SourceVpce`").help_in(Formats::OPENAPI, "give it an `x-amazon-apigateway-policy` that allows those who come through your VPC endpoints: `aws:SourceVpce`").help_in(Formats::SERVERLESS, "give it a `resourcePolicy` under `provider.apiGateway` that allows those who come through your VPC endpoints: `aws:SourceVpce`");
}
