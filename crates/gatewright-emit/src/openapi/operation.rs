//! Operations: what a route is in OpenAPI.

use gatewright_ir::{Authorization, IntegrationId, Method, RouteId, RouteKey};
use serde_json::Value;

use super::{integration, path_parameters, responses, security};
use crate::binding::Bindings;
use crate::list::list;
use crate::object::Object;

/// The key of a route's operation in its path.
pub(super) fn method(key: &RouteKey) -> &'static str {
    verb(key.method().unwrap_or(Method::Any))
}

/// The key of a method's operation in its path.
pub(super) fn verb(it: Method) -> &'static str {
    match it {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Patch => "patch",
        Method::Delete => "delete",
        Method::Head => "head",
        Method::Options => "options",
        Method::Any => "x-amazon-apigateway-any-method",
    }
}

/// The operation of a route.
pub(super) fn operation(cx: &Bindings<'_>, id: RouteId, integration: IntegrationId) -> Value {
    let route = &cx.ir.routes[id];
    let security = match route.authorization {
        Authorization::None | Authorization::Unknown => None,
        Authorization::Iam => Some((security::IAM, Value::Array(Vec::new()))),
        Authorization::Authorizer(it) => {
            cx.authorizer(it).map(|it| (it.name.as_str(), list(cx.ir, &route.scopes)))
        }
    };
    Object::new()
        .maybe("operationId", route.operation_name.as_ref().map(|it| &*it.value))
        .maybe("description", route.description.as_ref().map(|it| &*it.value))
        .maybe("isDefaultRoute", route.key.value.is_default().then_some(true))
        .list("parameters", path_parameters(&route.key.value))
        .maybe("security", security.map(|(name, scopes)| vec![Object::new().set(name, scopes)]))
        .set("responses", responses(&route.key.value))
        .set("x-amazon-apigateway-integration", integration::integration(cx.integration(integration)))
        .into()
}
