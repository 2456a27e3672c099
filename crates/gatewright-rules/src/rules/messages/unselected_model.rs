use gatewright_ir::{Name, Route, RouteId};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::keys::{DEFAULT, key};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unselected-model",
    page: include_str!("unselected_model.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Route(check),
};

fn check(cx: &Context<'_>, _: RouteId, route: &Route, out: &mut Findings) {
    let Some(it) = &route.validation else { return };
    let keys = || it.body.iter().map(|it| it.0.as_ref());
    if keys().all(|it| it.is_none()) {
        return;
    }
    // A message that comes here selects the key of this route; at `$default` come those that select none.
    let own = key(route);
    let others: FxHashSet<&str> = match own {
        DEFAULT => cx.ir.routes.values().map(key).filter(|it| *it != DEFAULT).collect(),
        _ => FxHashSet::default(),
    };
    // A media type is no key, unless keys have slashes.
    let selection = cx.ir.api.route_selection.as_ref().and_then(|it| it.value.as_str());
    let is_media_type = |it: &str| it.contains('/') && selection.is_some_and(|it| !it.contains('/'));
    let fits = |it: &Name| {
        let text = &*it.value;
        text == DEFAULT || text == own || own == DEFAULT && !others.contains(text) && !is_media_type(text)
    };
    let is_any = keys().any(|it| it.is_none_or(|it| &*it.value == DEFAULT || fits(it)));
    for name in keys().flatten().filter(|it| !fits(it)) {
        let finding = out
            .report(name.span, format!("no message of `{own}` selects the model under `{}`", name.value))
            .label(route.key.span, "messages select by the key of their route");
        if is_any {
            finding.help("remove it, or write the key of a route").warning();
        } else {
            finding.help("name the model alone, as in `validate: Message`, or write `$default` as its key");
        }
    }
}
