//! Scopes of routes where nobody looks at them.

use gatewright_ir::{Authorization, Ir, Route, RouteId};
use gatewright_source::{Edit, Fix, Span};

/// Removes the scopes of a route, unless other routes have theirs from the same place. Where anybody may call the route,
/// somebody wanted protection.
pub(super) fn remove(ir: &Ir, id: RouteId, route: &Route, scope: Span) -> Option<Fix> {
    let is_elsewhere =
        |(other, it): (RouteId, &Route)| other != id && it.scopes.iter().any(|it| it.span == scope);
    // In an OpenAPI document scopes are what an authorizer is mapped to.
    if ir.provenance.body.is_some() || ir.routes.iter().any(is_elsewhere) {
        return None;
    }
    let edit = [Edit::remove_holder(scope)];
    Some(match route.authorization {
        Authorization::None => Fix::needs_a_look("remove the scopes", edit),
        _ => Fix::safe("remove the scopes", edit),
    })
}
