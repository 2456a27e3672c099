//! Security schemes: authorizers in OpenAPI.

use gatewright_ir::Authorization;
use serde_json::Value;

use crate::binding::{Authorizer, Bindings, Decision};
use crate::object::Object;

/// The name of the scheme for signed requests; no authorizer may be named so.
pub(super) const IAM: &str = "iam";

/// The schemes of all authorizers that routes use.
pub(super) fn components(cx: &Bindings<'_>) -> Object {
    let mut schemes = Object::new();
    for (_, it) in cx.authorizers() {
        schemes = schemes.set(&it.name, scheme(it));
    }
    if uses_iam(cx) {
        // Source: API Gateway Developer Guide, "x-amazon-apigateway-authtype".
        let iam = signed().set("x-amazon-apigateway-authtype", "awsSigv4");
        schemes = schemes.set(IAM, iam);
    }
    Object::new().object("securitySchemes", schemes)
}

/// Whether a route wants signed requests.
pub(super) fn uses_iam(cx: &Bindings<'_>) -> bool {
    cx.routes.iter().any(|(id, _)| cx.ir.routes[*id].authorization == Authorization::Iam)
}

/// Signed requests, as far as OpenAPI knows them.
pub(super) fn signed() -> Object {
    Object::new().set("type", "apiKey").set("name", "Authorization").set("in", "header")
}

pub(crate) fn scheme(it: &Authorizer) -> Object {
    match &it.decision {
        Decision::Jwt { issuer, audience } => {
            let jwt = Object::new().set("issuer", issuer.clone()).set("audience", audience.clone());
            let authorizer = Object::new()
                .set("type", "jwt")
                .maybe("identitySource", identity_source(&it.identity))
                .set("jwtConfiguration", jwt);
            Object::new()
                .set("type", "oauth2")
                .set("flows", Object::new())
                .set("x-amazon-apigateway-authorizer", authorizer)
        }
        Decision::Request { uri, payload, simple, ttl, credentials } => {
            let authorizer = Object::new()
                .set("type", "request")
                .maybe("identitySource", identity_source(&it.identity))
                .set("authorizerUri", uri.clone())
                .maybe("authorizerCredentials", credentials.clone())
                .set("authorizerPayloadFormatVersion", payload.as_str())
                .maybe("enableSimpleResponses", *simple)
                .set("authorizerResultTtlInSeconds", ttl.clone());
            api_key(&it.identity).set("x-amazon-apigateway-authorizer", authorizer)
        }
    }
}

/// One text with commas between.
fn identity_source(identity: &Value) -> Option<Value> {
    let join = |items: Value| Object::new().set("Fn::Join", vec![Value::from(","), items]).into();
    let Value::Array(items) = identity else { return Some(join(identity.clone())) };
    let known: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
    match known {
        Some(it) if it.is_empty() => None,
        Some(it) => Some(it.join(",").into()),
        None if items.len() == 1 => items.first().cloned(),
        None => Some(join(items.clone().into())),
    }
}

/// The scheme of what is found in a header or query parameter: the first that is named, or `Authorization`.
pub(super) fn api_key(identity: &Value) -> Object {
    let named = identity.as_array().into_iter().flatten().filter_map(Value::as_str).find_map(|it| {
        let header = it.strip_prefix("$request.header.").map(|it| (it, "header"));
        header.or_else(|| it.strip_prefix("$request.querystring.").map(|it| (it, "query")))
    });
    let (name, place) = named.unwrap_or(("Authorization", "header"));
    Object::new().set("type", "apiKey").set("name", name).set("in", place)
}
