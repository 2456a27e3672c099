use gatewright_ir::Id;
use gatewright_source::Severity;

use super::keys::key;
use super::mapping::{Part, part};
use super::users::users;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unavailable-request-part",
    page: include_str!("unavailable_request_part.md"),
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
        for it in &integration.request_parameters {
            let Some(Some(Ok(part))) = it.source.value.as_str().map(part) else { continue };
            let (route, what, help) = match part {
                Part::OfConnect => (
                    users.message.or(users.disconnect),
                    "no headers and no query parameters",
                    "keep it on `$connect`, where it is there, or put it into the message",
                ),
                Part::Body => {
                    (users.connect.or(users.disconnect), "no body", "leave it out: only messages have a body")
                }
            };
            if let Some(route) = route {
                out.report(it.source.span, format!("requests of `{}` have {what}", key(route)))
                    .label(route.key.span, "leads here")
                    .help(help);
            }
        }
    }
}
