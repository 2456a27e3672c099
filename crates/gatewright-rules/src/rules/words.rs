//! Words for messages.

use std::borrow::Cow;

use gatewright_ir::{ApiKind, Generated, Ir, RouteId};
use gatewright_source::Span;

use crate::{Context, Finding, Formats};

/// More characters than this are cut off.
const ENOUGH: usize = 44;

/// "`a`, `b` and `c`".
pub(super) fn list(names: &[&str]) -> String {
    let mut out = String::new();
    for (at, name) in names.iter().enumerate() {
        out.push_str(match at {
            0 => "`",
            _ if at + 1 == names.len() => "` and `",
            _ => "`, `",
        });
        out.push_str(name);
    }
    if !names.is_empty() {
        out.push('`');
    }
    out
}

/// What one API of a kind is called, with its article.
pub(super) fn an_api(kind: ApiKind) -> &'static str {
    match kind {
        ApiKind::Http => "an HTTP API",
        ApiKind::Rest => "a REST API",
        ApiKind::WebSocket => "a WebSocket API",
    }
}

/// What the APIs of a kind are called.
pub(super) fn apis(kind: ApiKind) -> &'static str {
    match kind {
        ApiKind::Http => "HTTP APIs",
        ApiKind::Rest => "REST APIs",
        ApiKind::WebSocket => "WebSocket APIs",
    }
}

/// A text for a message: a long one is cut.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// Whether something stands in a definition in OpenAPI: a document by itself, or one in a template.
pub(super) fn is_in_definition(ir: &Ir, place: Span) -> bool {
    ir.provenance.definition().is_some_and(|it| it.span.contains(place))
}

/// Says in the words of each other format how a route is protected.
pub(super) fn advise_protection<'f>(
    cx: &Context<'_>,
    route: Option<RouteId>,
    finding: Finding<'f>,
) -> Finding<'f> {
    const ELSE: &str = "where it is right, say why: `# gatewright: allow(RULE) reason`";
    const RESOURCE: &str = "set `AuthorizationType`, and `AuthorizerId` for an authorizer";
    let rule = finding.rule();
    let advice = |how: &str| format!("{how}; {}", ELSE.replace("RULE", rule));
    let id = route.and_then(|it| cx.ir.provenance.logical_ids.get(&Generated::Route(it)));
    if id.is_some_and(|id| cx.template().is_some_and(|it| it.is_route(id))) {
        return finding.help_in(Formats::TEMPLATES.and(Formats::SERVERLESS), advice(RESOURCE));
    }
    finding
        .help_in(Formats::SAM, advice("give the event an `Auth`, or the API a `DefaultAuthorizer`"))
        .help_in(Formats::CLOUDFORMATION, advice(RESOURCE))
        .help_in(Formats::OPENAPI, advice("name a security scheme with an authorizer under `security`"))
        .help_in(Formats::SERVERLESS, advice("give the event an `authorizer`"))
}
