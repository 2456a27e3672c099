use gatewright_ir::{Method, RouteKey};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::source::{Source, flag};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "event-without-operation",
    page: include_str!("event_without_operation.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    let merges = source.get(&["MergeDefinitions"]).is_some_and(|it| flag(it) != Some(false));
    if merges || cx.ir.provenance.body.is_none() || cx.ir.api.routes_unknown {
        return;
    }
    let preflights = cx.ir.provenance.preflights.iter().map(|it| &it.value);
    let known: FxHashSet<String> =
        cx.ir.routes.values().map(|it| &it.key.value).chain(preflights).map(RouteKey::normalised).collect();
    for event in source.events() {
        let (Some(method), Some(path)) = (event.get(&["Method"]), event.get(&["Path"])) else { continue };
        let (Some(method), Some(text)) = (method.as_str(), path.as_str()) else { continue };
        let method = method.to_ascii_uppercase();
        let key = |method: &str| RouteKey::rest(format!("{method} {text}").into());
        let is_known = |method: &str| known.contains(&key(method).normalised());
        // An event for any method is a permission for those that the definition has.
        let any = method == "ANY" && Method::ALL.iter().any(|it| is_known(it.as_str()));
        if key(&method).is_malformed() || any || is_known(&method) || is_known("ANY") {
            continue;
        }
        let message = format!(
            "`{method} {text}` is not in the definition of `{}`, to which events add nothing",
            source.id
        );
        let finding = out.report(path.span, message);
        let finding =
            finding.help("add the operation to the definition, or set `MergeDefinitions: true` at the API");
        if let Some(body) = &cx.ir.provenance.body {
            finding.label(body.get("paths").map_or(body.span, |it| it.span), "not among these paths");
        }
    }
}
