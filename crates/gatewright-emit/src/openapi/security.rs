//! Security schemes: authorizers in OpenAPI.

use gatewright_ir::Authorization;
use serde_json::Value;

use crate::binding::{Authorizer, Bindings, Decision};
use crate::object::Object;

/// The name of the scheme for signed requests; no authorizer may be named so.
pub(super) const IAM: &str = "iam";

/// The name of the scheme for API keys of REST APIs.
pub(super) const API_KEY: &str = "api_key";

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
    if cx.rest.methods.iter().any(|it| it.api_key) {
        schemes = schemes.set(API_KEY, key());
    }
    Object::new().object("securitySchemes", schemes)
}

/// Whether a route wants signed requests.
pub(super) fn uses_iam(cx: &Bindings<'_>) -> bool {
    cx.routes.iter().any(|(id, _)| cx.ir.routes[*id].authorization == Authorization::Iam)
}

/// API keys.
pub(super) fn key() -> Object {
    Object::new().set("type", "apiKey").set("name", "x-api-key").set("in", "header")
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
        Decision::Cognito { pools, ttl } => {
            let authorizer = Object::new()
                .set("type", "cognito_user_pools")
                .maybe("identitySource", identity_source(&it.identity))
                .set("providerARNs", pools.clone())
                .set("authorizerResultTtlInSeconds", ttl.clone());
            api_key(&it.identity)
                .set("x-amazon-apigateway-authtype", "cognito_user_pools")
                .set("x-amazon-apigateway-authorizer", authorizer)
        }
        Decision::Request { token, pattern, uri, payload, simple, ttl, credentials } => {
            let authorizer = Object::new()
                .set("type", if *token { "token" } else { "request" })
                .maybe("identitySource", identity_source(&it.identity))
                .maybe("identityValidationExpression", pattern.as_deref())
                .set("authorizerUri", uri.clone())
                .maybe("authorizerCredentials", credentials.clone())
                .maybe("authorizerPayloadFormatVersion", payload.as_deref())
                .maybe("enableSimpleResponses", *simple)
                .set("authorizerResultTtlInSeconds", ttl.clone());
            // Only the authorizers of HTTP APIs have a payload format.
            let kind = payload.is_none().then_some("custom");
            api_key(&it.identity)
                .maybe("x-amazon-apigateway-authtype", kind)
                .set("x-amazon-apigateway-authorizer", authorizer)
        }
    }
}

/// Where an identity stands: one text with commas between.
pub(crate) fn identity_source(identity: &Value) -> Option<Value> {
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
        let it = it.strip_prefix("$request.").or_else(|| it.strip_prefix("method.request."))?;
        let header = it.strip_prefix("header.").map(|it| (it, "header"));
        header.or_else(|| it.strip_prefix("querystring.").map(|it| (it, "query")))
    });
    let (name, place) = named.unwrap_or(("Authorization", "header"));
    Object::new().set("type", "apiKey").set("name", name).set("in", place)
}
