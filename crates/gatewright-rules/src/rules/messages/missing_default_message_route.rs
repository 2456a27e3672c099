use gatewright_source::Severity;

use super::keys::{DEFAULT, has, takes_messages};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "missing-default-message-route",
    page: include_str!("missing_default_message_route.md"),
    severity: Severity::Warning,
    category: Category::Reliability,
    preset: Preset::Strict,
    fix: None,
    kinds: Kinds::WEBSOCKET,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let ir = cx.ir;
    // Where clients only listen, their messages may well be refused.
    if ir.routes.values().any(takes_messages) && !has(ir, DEFAULT) && !ir.api.routes_unknown {
        let name = &ir.api.name;
        let message = format!("`{}` refuses messages that fit no route: it has no `{DEFAULT}`", name.value);
        out.report(name.span, message)
            .help(format!("add `{DEFAULT}`, and answer there what is wrong with the message"));
    }
}
