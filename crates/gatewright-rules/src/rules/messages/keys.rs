//! The routes that every WebSocket API knows.

use gatewright_ir::{Ir, Raw, Route};

/// The route of the request with which a client connects.
pub(super) const CONNECT: &str = "$connect";
/// The route of the end of a connection.
pub(super) const DISCONNECT: &str = "$disconnect";
/// The route of messages that no other route takes.
pub(super) const DEFAULT: &str = "$default";

/// All of them.
pub(super) const PREDEFINED: [&str; 3] = [CONNECT, DISCONNECT, DEFAULT];

/// The key of a route.
pub(super) fn key(route: &Route) -> &str {
    route.key.value.as_str()
}

/// Whether a route takes messages, and not the beginning or end of a connection.
pub(super) fn takes_messages(route: &Route) -> bool {
    !matches!(key(route), CONNECT | DISCONNECT)
}

/// Whether a key was probably meant to be a predefined one.
pub(super) fn is_meant(written: &str, predefined: &str) -> bool {
    written != predefined && written.trim().trim_start_matches('$').eq_ignore_ascii_case(&predefined[1..])
}

/// Whether there is a predefined route, if only under a misspelt key or as raw CloudFormation.
pub(super) fn has(ir: &Ir, predefined: &str) -> bool {
    let is_it = |it: &Route| key(it) == predefined || is_meant(key(it), predefined);
    ir.api.routes_unknown
        || ir.routes.values().any(is_it)
        || ir.template.resources.iter().any(|it| is_raw(&it.1, predefined))
}

fn is_raw(resource: &Raw, predefined: &str) -> bool {
    let key = resource.get("Properties").and_then(|it| it.get("RouteKey"));
    resource.get("Type").and_then(Raw::as_str) == Some("AWS::ApiGatewayV2::Route")
        && key.is_some_and(|it| it.as_str().is_none_or(|it| it == predefined))
}
