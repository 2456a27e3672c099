use gatewright_ir::Name;
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::source::{Source, entries};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "colliding-websocket-routes",
    page: include_str!("colliding_websocket_routes.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    let mut seen: FxHashMap<String, &Name> = FxHashMap::default();
    for (key, _) in entries(source.get(&["Routes"])) {
        let id = key.value.trim_start_matches('$').to_lowercase();
        match seen.get(&id) {
            Some(first) => {
                let message =
                    format!("`{}` and `{}` become one route, the last of them", first.value, key.value);
                out.report(key.span, message)
                    .label(first.span, "this one is lost")
                    .help("rename one of them: SAM makes one logical id of both");
            }
            None => {
                seen.insert(id, key);
            }
        }
    }
}
