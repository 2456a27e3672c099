//! What the rules about the protection of routes share.

use std::borrow::Cow;

use gatewright_ir::{
    Authorization, Backend, EndpointType, Format, Ir, Method, Route, RouteKey, Segment, Text, Value, written,
};

use super::super::policies::documents::opened;

/// Last parts of paths whose callers cannot have credentials yet, or bring another proof than an authorizer asks for,
/// as the sender's signature; without `-` and `_`.
const OPEN_BY_NATURE: [&str; 11] = [
    "callback",
    "forgotpassword",
    "login",
    "oauth",
    "register",
    "resetpassword",
    "signin",
    "signup",
    "token",
    "webhook",
    "webhooks",
];

/// Whether somebody decides who may call a route.
pub(super) fn is_protected(route: &Route) -> bool {
    matches!(route.authorization, Authorization::Iam | Authorization::Authorizer(_))
}

/// Whether it was said why anybody may call a route.
pub(super) fn is_public(route: &Route) -> bool {
    route.public.as_ref().is_some_and(|it| !it.value.trim().is_empty())
}

/// Whether a route cannot ask for credentials, by its name: it gives them, or its callers sign what they send.
pub(super) fn is_open_by_nature(route: &Route) -> bool {
    let Some(Segment::Literal(last)) = route.key.value.segments().next_back() else { return false };
    let plain = last.chars().filter(|it| !"-_".contains(*it)).map(|it| it.to_ascii_lowercase());
    let plain: String = plain.collect();
    OPEN_BY_NATURE.contains(&&*plain)
}

/// Whether API Gateway answers by itself, so that nothing is changed.
pub(super) fn is_answered(ir: &Ir, route: &Route) -> bool {
    let integration = route.target.integration();
    integration.is_some_and(|it| matches!(ir.integrations[it].backend, Backend::Mock { .. }))
}

/// Whether only a part of the API is seen, in which nothing is protected: what is around it may well do so.
pub(super) fn is_left_to_others(ir: &Ir) -> bool {
    let is_part = ir.provenance.format == Format::OpenApi || ir.provenance.is_fragment;
    is_part && !ir.routes.values().any(is_protected)
}

/// Whether a resource policy decides who may call, or the API is reached from VPCs only.
pub(super) fn is_behind_policy(ir: &Ir) -> bool {
    ir.api.endpoint.kind == EndpointType::Private
        || ir.api.policy.as_ref().is_some_and(|it| opened(it).is_none())
}

/// Whether a route takes requests that change something.
pub(super) fn is_mutation(ir: &Ir, route: &Route) -> bool {
    let key = &route.key.value;
    if key.method() == Some(Method::Any) && only_reads(ir, route) {
        return false;
    }
    key.is_default()
        || matches!(
            key.method(),
            Some(Method::Post | Method::Put | Method::Patch | Method::Delete | Method::Any)
        )
}

/// Whether the backend is asked to read, whatever the request: by a method of its own.
fn only_reads(ir: &Ir, route: &Route) -> bool {
    let Some(it) = route.target.integration() else { return false };
    let method = match &ir.integrations[it].backend {
        Backend::Http { method, .. } => method,
        // Other services take actions that change something by GET.
        Backend::Action { action, method, .. } if is_object(&action.value) => method,
        _ => return false,
    };
    matches!(&*method.value, "GET" | "HEAD")
}

/// Whether an action is the path of something in S3: `s3:path/bucket/{key}`, or the ARN of one.
fn is_object(action: &Value<Text>) -> bool {
    let text = match action {
        Value::Known(text) => Some(text.to_string()),
        Value::Deferred(it) => written(it, &|it| Cow::Borrowed(it)),
    };
    let service = text.as_deref().and_then(|it| Some(it.split_once(":path/")?.0));
    service.and_then(|it| it.rsplit([':', '.']).next()) == Some("s3")
}

/// Where a greedy route begins: `/files` of `GET /files/{proxy+}`, nothing of `GET /{proxy+}`.
pub(super) fn greedy_base(key: &RouteKey) -> Option<&str> {
    match key.segments().next_back()? {
        Segment::Greedy(_) => key.path()?.rsplit_once('/').map(|it| it.0),
        _ => None,
    }
}

/// The paths above a path, nearest first, and the empty one last.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.bytes().enumerate().rev().filter(|it| it.1 == b'/').map(|(at, _)| &path[..at])
}

/// Whether requests may reach the API only through domains that ask for a client's certificate.
pub(super) fn is_behind_mutual_tls(ir: &Ir) -> bool {
    let closed = ir.api.disable_default_endpoint.as_ref().is_some_and(|it| it.value.known() != Some(&false));
    closed && !ir.domains.is_empty() && ir.domains.values().all(|it| it.mutual_tls.is_some())
}
