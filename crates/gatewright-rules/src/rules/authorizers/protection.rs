//! What the rules about the protection of routes share.

use gatewright_ir::{
    Authorization, Backend, EndpointType, Ir, Method, PolicyKind, ResourcePolicy, Route, RouteKey, Segment,
};

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

/// Whether API Gateway answers by itself, so that nothing is changed.
pub(super) fn is_answered(ir: &Ir, route: &Route) -> bool {
    let integration = route.target.integration();
    integration.is_some_and(|it| matches!(ir.integrations[it].backend, Backend::Mock { .. }))
}

/// Whether a resource policy decides who may call, or the API is reached from VPCs only.
pub(super) fn is_behind_policy(ir: &Ir) -> bool {
    let narrows = |it: &ResourcePolicy| match &it.kind {
        PolicyKind::Rules(rules) => {
            // A rule that denies narrows what another allows to everybody.
            rules.iter().any(|it| !it.allow) || rules.iter().all(|it| it.is_conditional())
        }
        // What a document says is not read here.
        PolicyKind::Document(_) | PolicyKind::Unknown => true,
    };
    ir.api.endpoint.kind == EndpointType::Private || ir.api.policy.as_ref().is_some_and(narrows)
}

/// Whether requests may reach the API only through domains that ask for a client's certificate.
pub(super) fn is_behind_mutual_tls(ir: &Ir) -> bool {
    let closed = ir.api.disable_default_endpoint.as_ref().is_some_and(|it| it.value.known() != Some(&false));
    closed && !ir.domains.is_empty() && ir.domains.values().all(|it| it.mutual_tls.is_some())
}
