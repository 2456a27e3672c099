use gatewright_ir::{Backend, Integration, IntegrationId, Link};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsupported-vpc-link",
    page: include_str!("unsupported_vpc_link.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Http { link: Some(Link::Known(id, span)), .. } = &integration.backend else { return };
    let link = &cx.ir.vpc_links[*id];
    if let Some(subnets) = &link.subnets {
        out.report(*span, format!("a WebSocket API may not reach the VPC link `{}`", link.name.value))
            .label(subnets.span, "a link with subnets is for HTTP and REST APIs")
            .help("give the link a `target`, the ARN of a network load balancer, in place of `subnets`");
    }
}
