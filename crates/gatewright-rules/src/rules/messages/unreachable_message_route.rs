use gatewright_ir::Route;
use gatewright_source::Severity;

use super::keys::{DEFAULT, is_meant, key, takes_messages};
use super::selection::{can_yield, parse};
use crate::rules::words::{list, shown};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unreachable-message-route",
    page: include_str!("unreachable_message_route.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// How many routes are named and shown.
const SHOWN: usize = 3;

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    let Some(selection) = &ir.api.route_selection else { return };
    let Some(text) = selection.value.as_str() else { return };
    // What is malformed is reported by itself, and so are keys that are.
    let Ok(pieces) = parse(text) else { return };
    if text.starts_with("request.") || text.starts_with("{request.") {
        return;
    }
    let is_sound =
        |it: &str| !it.is_empty() && !it.starts_with('$') && it.trim() == it && !is_meant(it, DEFAULT);
    let is_cut_off = |it: &&Route| takes_messages(it) && is_sound(key(it)) && !can_yield(&pieces, key(it));
    let mut routes = ir.routes.values().filter(is_cut_off);
    let first: Vec<&Route> = routes.by_ref().take(SHOWN).collect();
    if first.is_empty() {
        return;
    }
    let names: Vec<&str> = first.iter().map(|it| key(it)).collect();
    let message = match routes.count() {
        0 => format!("`{}` never selects {}", shown(text), list(&names)),
        more => format!("`{}` never selects {} and {more} more routes", shown(text), list(&names)),
    };
    let mut finding = out.report(selection.span, message);
    for it in &first {
        finding = finding.label(it.key.span, "no message comes here");
    }
    finding.help("give the routes keys that the selection yields, or select by another part of the message");
}
