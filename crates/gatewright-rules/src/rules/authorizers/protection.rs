//! What the rules about the protection of routes share.

use gatewright_ir::{Authorization, Method, Route, RouteKey, Segment};

/// Whether somebody decides who may call a route.
pub(super) fn is_protected(route: &Route) -> bool {
    matches!(route.authorization, Authorization::Iam | Authorization::Authorizer(_))
}

/// Whether it was said why anybody may call a route.
pub(super) fn is_public(route: &Route) -> bool {
    route.public.as_ref().is_some_and(|it| !it.value.trim().is_empty())
}

/// Whether a route takes requests that change something.
pub(super) fn is_mutation(route: &Route) -> bool {
    let key = &route.key.value;
    key.is_default()
        || matches!(
            key.method(),
            Some(Method::Post | Method::Put | Method::Patch | Method::Delete | Method::Any)
        )
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
