use gatewright_ir::{Authorization, EndpointType, PolicyKind, Raw};
use gatewright_source::Severity;

use super::documents::{may_deny, statements};
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
    let Some(policy) = ir.api.policy.as_ref().filter(|_| ir.api.endpoint.kind == EndpointType::Private)
    else {
        return;
    };
    let open = match &policy.kind {
        PolicyKind::Rules(rules) if rules.iter().all(|it| it.allow) => {
            rules.iter().find(|it| !it.is_conditional()).map(|it| it.span)
        }
        PolicyKind::Document(it) if !statements(it).iter().any(may_deny) => {
            statements(it).iter().find(|it| is_for_everybody(it)).map(|it| it.span)
        }
        _ => None,
    };
    let mut open_routes = ir.routes.values().filter(|it| it.authorization == Authorization::None);
    if let (Some(span), Some(route)) = (open, open_routes.next()) {
        let key = route.key.value.as_str();
        out.report(span, format!("everybody in AWS may call `{key}` through a VPC endpoint of their own"))
            .label(route.key.span, "no credentials are asked for")
            .help("say through which VPC endpoints callers come: `vpcEndpoint: vpce-…`");
    }
}

fn is_for_everybody(statement: &Raw) -> bool {
    let principal = statement.get("Principal");
    let who = principal.and_then(|it| it.as_str().or_else(|| it.get("AWS")?.as_str()));
    statement.get("Condition").is_none() && who == Some("*")
}
