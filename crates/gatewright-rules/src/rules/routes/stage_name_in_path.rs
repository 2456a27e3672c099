use gatewright_ir::{Generated, Id, RouteId, Segment};
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::part::part;
use super::shape::places;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "stage-name-in-path",
    page: include_str!("stage_name_in_path.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::PATHS,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let is_named = |id| !ir.provenance.is_deferred(Generated::Stage(id));
    let named =
        ir.stages.iter().filter(|(id, it)| it.declared && is_named(*id) && &*it.name.value != "$default");
    let mut stages: FxHashMap<&str, Option<(RouteId, usize)>> =
        named.map(|(_, it)| (&*it.name.value, None)).collect();
    // Behind a custom domain the stage is no part of the URL.
    for mapping in ir.domains.values().flat_map(|it| &it.mappings) {
        // A mapping to an unknown stage was reported: it may mean any of them.
        let Some(stage) = mapping.stage else { return };
        stages.remove(&*ir.stages[stage].name.value);
    }
    if stages.is_empty() {
        return;
    }
    for (id, route) in ir.routes.iter() {
        if let Some(Segment::Literal(first)) = route.key.value.segments().next()
            && let Some(found) = stages.get_mut(first)
        {
            found.get_or_insert((id, 0)).1 += 1;
        }
    }
    let mut found: Vec<_> = ir
        .stages
        .values()
        .filter_map(|it| Some((it, stages.get(&*it.name.value).copied().flatten()?)))
        .collect();
    found.sort_by_key(|it| it.1.0.index());
    for (stage, (route, count)) in found {
        let (key, name) = (&ir.routes[route].key, &stage.name);
        let Some((at, _)) = places(&key.value).next() else { continue };
        let more = match count {
            1 => String::new(),
            2 => ", here and in another route".to_owned(),
            _ => format!(", here and in {} more routes", count - 1),
        };
        let message = format!("the path begins with the name of the stage `{}`{more}", name.value);
        out.report(part(cx, key.span, key.value.as_str(), at), message)
            .label(name.span, format!("its URL ends with `/{}` already", name.value))
            .help(format!("leave `/{}` out of the path", name.value));
    }
}
