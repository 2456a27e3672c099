use gatewright_ir::Id;
use gatewright_source::Severity;

use super::keys::key;
use super::users::users;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "header-off-connect",
    page: include_str!("header_off_connect.md"),
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
        let users = users[id.index()];
        let Some(route) = users.message.or(users.disconnect).filter(|_| users.connect.is_none()) else {
            continue;
        };
        let responses = integration.transformation.iter().flat_map(|it| &it.responses);
        if let Some((name, _)) = responses.flat_map(|it| &it.headers).next() {
            let message = format!("an answer to `{}` has no headers, and so no `{}`", key(route), name.value);
            out.report(name.span, message)
                .label(route.key.span, "answered by a message")
                .help("put it into the body, or remove it: only the answer to `$connect` has headers");
        }
    }
}
