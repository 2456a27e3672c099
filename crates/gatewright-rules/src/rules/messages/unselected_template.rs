use gatewright_ir::{Id, Ir, MappingTemplate, Name};
use gatewright_source::Severity;

use super::keys::{DEFAULT, key};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unselected-template",
    page: include_str!("unselected_template.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let mut keys: Option<Vec<Vec<&str>>> = None;
    let several = |it: &[(Name, MappingTemplate)]| it.len() > 1;
    for (id, integration) in ir.integrations.iter() {
        let Some(it) = &integration.transformation else { continue };
        let lists = it.responses.iter().map(|it| &it.templates[..]).chain(Some(&it.request[..]));
        let lists: Vec<_> = lists.filter(|it| several(it)).collect();
        if lists.is_empty() {
            continue;
        }
        let keys = &keys.get_or_insert_with(|| selected(ir))[id.index()];
        let has = |key: &str| keys.binary_search(&key).is_ok();
        for (name, _) in lists.into_iter().flatten() {
            // What selects no route comes to `$default`.
            if &*name.value != DEFAULT && !has(&name.value) && !has(DEFAULT) {
                out.report(name.span, format!("no message selects the template under `{}`", name.value))
                    .help("write the key of a route that leads here, or `$default`");
            }
        }
    }
}

/// The keys of the routes that lead to each integration, sorted: by them, one of several templates is selected.
fn selected(ir: &Ir) -> Vec<Vec<&str>> {
    let mut out = vec![Vec::new(); ir.integrations.len()];
    for route in ir.routes.values() {
        if let Some(id) = route.target.integration() {
            out[id.index()].push(key(route));
        }
    }
    out.iter_mut().for_each(|it| it.sort_unstable());
    out
}
