//! What an authorizer is for API Gateway.

use gatewright_ir::{
    ApiKind, AuthorizerId, AuthorizerKind, AuthorizerResponse, Duration, Generated, Ir, Located,
};
use serde_json::Value;

use super::callee;
use crate::list::list;
use crate::object::{json, text};

/// An authorizer with its values.
#[derive(Clone, Debug)]
pub(crate) struct Authorizer {
    /// Its logical id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Where the identity stands: a list, or a function that yields one.
    pub(crate) identity: Value,
    /// How it decides.
    pub(crate) decision: Decision,
}

/// How an authorizer decides.
#[derive(Clone, Debug)]
pub(crate) enum Decision {
    /// It checks tokens.
    Jwt {
        /// The issuer.
        issuer: Value,
        /// The accepted audiences: a list, or a function that yields one.
        audience: Value,
    },
    /// It checks tokens of Cognito user pools.
    Cognito {
        /// The ARNs of the pools: a list, or a function that yields one.
        pools: Value,
        /// For how many seconds an answer is remembered.
        ttl: Value,
    },
    /// It asks a function.
    Request {
        /// Whether the function is given one token instead of the request.
        token: bool,
        /// What a token must look like.
        pattern: Option<String>,
        /// What is called.
        uri: Value,
        /// The payload format; REST and WebSocket APIs have no choice.
        payload: Option<String>,
        /// Whether the function answers `isAuthorized`; only format 2.0 leaves the choice.
        simple: Option<bool>,
        /// For how many seconds an answer is remembered.
        ttl: Value,
        /// The role that the function is called with.
        credentials: Option<Value>,
    },
}

impl Authorizer {
    pub(super) fn new(ir: &Ir, id: AuthorizerId) -> Option<Self> {
        let of = &ir.authorizers[id];
        let decision = match &of.kind {
            AuthorizerKind::Jwt { issuer, audience } => {
                Decision::Jwt { issuer: text(issuer.as_ref()?), audience: list(ir, audience) }
            }
            AuthorizerKind::Cognito { pools, cache } => {
                Decision::Cognito { pools: list(ir, pools), ttl: ttl(cache.as_ref()) }
            }
            AuthorizerKind::Lambda { callee, token, identity_pattern, response, payload, cache, role } => {
                let http = ir.api.kind == ApiKind::Http;
                Decision::Request {
                    token: *token,
                    pattern: identity_pattern.as_ref().map(|it| it.value.to_string()),
                    uri: callee::invocation_uri(ir, callee, false)?,
                    payload: http.then(|| payload.value.to_string()),
                    simple: (http && &*payload.value == "2.0")
                        .then_some(*response == AuthorizerResponse::Simple),
                    ttl: ttl(cache.as_ref()),
                    credentials: role.as_ref().map(text),
                }
            }
            AuthorizerKind::Unknown => return None,
        };
        Some(Self {
            id: ir.logical_id(Generated::Authorizer(id)),
            name: name(ir, &of.name.value),
            identity: list(ir, &of.identity),
            decision,
        })
    }
}

/// The name, which OpenAPI documents have as that of a component. Two names never become one: their logical ids would be
/// equal, too.
///
/// Source: OpenAPI Specification 3.0, "Components Object".
fn name(ir: &Ir, text: &str) -> String {
    if ir.api.kind == ApiKind::WebSocket {
        return text.to_owned();
    }
    let may = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    text.chars().map(|it| if may(it) { it } else { '-' }).collect()
}

/// For how many seconds an answer is remembered. Always written: where it is not, API Gateway remembers answers for five
/// minutes, or what it does is not documented.
fn ttl(cache: Option<&Located<Duration>>) -> Value {
    cache.map_or(Value::from(0), |it| json(it, |it| it.as_seconds().into()))
}
