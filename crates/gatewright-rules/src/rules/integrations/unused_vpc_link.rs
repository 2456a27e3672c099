use gatewright_graph::Entity;
use gatewright_ir::{Backend, Link};
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unused-vpc-link",
    page: include_str!("unused_vpc_link.md"),
    severity: Severity::Warning,
    category: Category::Cost,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut idle = ir
        .vpc_links
        .iter()
        .map(|(id, it)| (Entity::VpcLink(id), it))
        .filter(|(entity, _)| cx.graph.users(*entity).all(|it| it.1 == *entity));
    let Some(first) = idle.next() else { return };
    // An integration that could not be read may use it.
    let unknown =
        |it: &Backend| matches!(it, Backend::Unknown | Backend::Http { link: Some(Link::Unknown), .. });
    if ir.integrations.values().any(|it| unknown(&it.backend)) {
        return;
    }
    let unreachable = cx.graph.unreachable();
    for (entity, link) in std::iter::once(first).chain(idle) {
        if unreachable.binary_search(&entity).is_ok() {
            out.report(link.name.span, format!("no integration uses the VPC link `{}`", link.name.value))
                .help("name it in an integration with `vpcLink`, or remove it");
        }
    }
}
