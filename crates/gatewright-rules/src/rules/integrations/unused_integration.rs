use gatewright_graph::Entity;
use gatewright_source::Severity;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unused-integration",
    page: include_str!("unused_integration.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::ALL,
    formats: Formats::GATEWRIGHT,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut idle = ir
        .integrations
        .iter()
        .filter(|(_, it)| it.declared)
        .map(|(id, it)| (Entity::Integration(id), it))
        .filter(|(entity, _)| cx.graph.users(*entity).all(|it| it.1 == *entity));
    let Some(first) = idle.next() else { return };
    // Without routes, or with a target that was misspelled, nobody knows what is meant to be used.
    if ir.routes.is_empty() || ir.routes.values().any(|it| !it.target.is_known()) {
        return;
    }
    let unreachable = cx.graph.unreachable();
    for (entity, integration) in std::iter::once(first).chain(idle) {
        if unreachable.binary_search(&entity).is_ok() {
            let name = &integration.name;
            out.report(name.span, format!("no route uses the integration `{}`", name.value))
                .help("name it in a route, or remove it");
        }
    }
}
