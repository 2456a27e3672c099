use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use super::keys::{key, takes_messages};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "case-variant-message-routes",
    page: include_str!("case_variant_message_routes.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let mut seen = FxHashMap::default();
    for route in cx.ir.routes.values().filter(|it| takes_messages(it) && !key(it).starts_with('$')) {
        let first = *seen.entry(key(route).to_lowercase()).or_insert(route);
        // A key that is there twice is reported by itself.
        if key(first) != key(route) {
            let message = format!("`{}` differs from `{}` only in case", key(route), key(first));
            out.report(route.key.span, message)
                .label(first.key.span, "the other one")
                .help("write both alike: a message has to match in case, too");
        }
    }
}
