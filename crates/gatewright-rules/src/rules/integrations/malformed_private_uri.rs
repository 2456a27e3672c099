use gatewright_ir::{Backend, Integration, IntegrationId, Link};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-private-uri",
    page: include_str!("malformed_private_uri.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::HTTP,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(_: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Http { uri, link: Some(Link::Known(_, link)), .. } = &integration.backend else { return };
    let Some(text) = uri.value.as_str() else { return };
    if !text.contains("stageVariables.") && !is_private(text) {
        let message = format!(
            "the backend of `{}` is neither a listener nor a Cloud Map service",
            integration.name.value
        );
        out.report(uri.span, message).label(*link, "behind a VPC link, it is named by its ARN").help(
            "give the ARN of a load balancer's listener or of a Cloud Map service, or remove `vpcLink`",
        );
    }
}

/// Whether this is the ARN of something that a VPC link leads to.
///
/// Source: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html>
fn is_private(text: &str) -> bool {
    let mut parts = text.splitn(6, ':');
    let (arn, service, resource) = (parts.next(), parts.nth(1), parts.nth(2));
    match (arn, service, resource) {
        (Some("arn"), Some("elasticloadbalancing"), Some(it)) => {
            it.starts_with("listener/app/") || it.starts_with("listener/net/")
        }
        (Some("arn"), Some("servicediscovery"), Some(it)) => it.starts_with("service/"),
        _ => false,
    }
}
