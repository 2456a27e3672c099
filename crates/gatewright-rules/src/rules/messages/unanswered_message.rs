use gatewright_ir::Id;
use gatewright_source::Severity;

use super::users::users;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unanswered-message",
    page: include_str!("unanswered_message.md"),
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
    let users = users(ir);
    for (id, integration) in ir.integrations.iter() {
        // Of a proxy, the answer passes as it is; and what was not written is filled in.
        let Some(it) = integration.transformation.as_ref().filter(|it| !it.proxy && it.responses_stated)
        else {
            continue;
        };
        let Some(route) = users[id.index()].answered else { continue };
        let Some(first) = it.responses.first() else { continue };
        if !it.responses.iter().any(|it| it.is_default()) {
            let message = format!("`{}` has no response for what no pattern matches", integration.name.value);
            out.report(first.pattern.span, message)
                .label(route.key.span, "who sends this may wait for an answer in vain")
                .help("add a response `default`");
        }
    }
}
