use gatewright_ir::{Backend, Generated, Id};
use gatewright_source::Severity;
use rustc_hash::FxHashSet;

use super::keys::{CONNECT, DISCONNECT, key};
use super::users::users;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unsent-response",
    page: include_str!("unsent_response.md"),
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
    let mut undirected = FxHashSet::default();
    for (id, route) in ir.routes.iter().filter(|it| it.1.response.is_none()) {
        if matches!(key(route), CONNECT | DISCONNECT) {
            continue;
        }
        let response = ir.provenance.logical_ids.get(&Generated::RouteResponse(id));
        let Some(place) = response.and_then(|it| cx.template()?.place(it)) else { continue };
        undirected.extend(route.target.integration());
        out.report(
            place,
            format!("nobody is sent this answer to `{}`: the route does not ask for it", key(route)),
        )
        .label(route.key.span, "messages get no answer here")
        .help_in(Formats::ALL, "set `RouteResponseSelectionExpression: $default` at the route");
    }
    for (id, integration) in ir.integrations.iter() {
        let users = users[id.index()];
        // The answer to the request with which a client connects is sent, and so is that to one of the routes.
        if users.connect.is_some() || users.answered.is_some() || undirected.contains(&id) {
            continue;
        }
        let Some(route) = users.message.or(users.disconnect) else { continue };
        let Some(it) = &integration.transformation else { continue };
        let is_stated = it.responses_stated || matches!(integration.backend, Backend::Mock { .. });
        let Some((_, body)) = it.responses.iter().find_map(|it| it.templates.first()).filter(|_| is_stated)
        else {
            continue;
        };
        let finding = out.report(body.span, format!("nobody is sent this answer to `{}`", key(route)));
        let finding = finding.label(route.key.span, "messages get no answer here");
        match users.message {
            Some(_) => finding.help("write `response: true` at the route, or remove the body"),
            None => finding.help("remove the body: the connection is closed"),
        };
    }
}
