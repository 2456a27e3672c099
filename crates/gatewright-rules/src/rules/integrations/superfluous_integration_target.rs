use gatewright_ir::{Backend, Integration, IntegrationId, Link};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "superfluous-integration-target",
    page: include_str!("superfluous_integration_target.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::ALL,
    check: Check::Integration(check),
};

fn check(cx: &Context<'_>, _: IntegrationId, integration: &Integration, out: &mut Findings) {
    let Backend::Http { link, target: Some(target), .. } = &integration.backend else { return };
    let name = &integration.name.value;
    match link {
        None => {
            out.report(target.span, format!("`{name}` has a target and goes through no VPC link"))
                .help("name the link with `vpcLink`, or remove `target`");
        }
        Some(Link::Known(id, _)) => {
            let Some(own) = &cx.ir.vpc_links[*id].target else { return };
            out.report(target.span, format!("`{name}` has a target, and so has its VPC link"))
                .label(own.span, "where the link leads")
                .help("remove one of them; a link without `target` needs subnets");
        }
        Some(Link::Unknown) => {}
    }
}
