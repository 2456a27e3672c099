use gatewright_ir::{Backend, Integration, IntegrationId, Link};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "vpc-link-without-target",
    page: include_str!("vpc_link_without_target.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Http { link: Some(Link::Known(id, span)), target: None, .. } = &integration.backend else {
        return;
    };
    // Of a link that exists already nobody knows the sort.
    if let Some(subnets) =
        cx.ir.vpc_links[*id].subnets.as_ref().filter(|_| cx.ir.vpc_links[*id].existing.is_none())
        && cx.ir.vpc_links[*id].target.is_none()
    {
        let message = format!("`{}` does not say where in the VPC its backend is", integration.name.value);
        out.report(*span, message)
            .label(subnets.span, "this link leads into subnets, not to a load balancer")
            .help("add `target` with the ARN of the load balancer or of its listener");
    }
}
