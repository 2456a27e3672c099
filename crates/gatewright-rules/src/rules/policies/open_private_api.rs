use gatewright_ir::{Authorization, EndpointType};
use gatewright_source::Severity;

use super::documents::opened;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "open-private-api",
    page: include_str!("open_private_api.md"),
    severity: Severity::Warning,
    category: Category::Security,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    if ir.api.endpoint.kind != EndpointType::Private {
        return;
    }
    let open = ir.api.policy.as_ref().and_then(opened);
    let mut open_routes = ir.routes.values().filter(|it| it.authorization == Authorization::None);
    if let (Some(span), Some(route)) = (open, open_routes.next()) {
        let key = route.key.value.as_str();
        out.report(span, format!("everybody in AWS may call `{key}` through a VPC endpoint of their own"))
            .label(route.key.span, "no credentials are asked for")
            .help("say through which VPC endpoints callers come: `vpcEndpoint: vpce-…`");
    }
}
