//! What an authorizer is for API Gateway.

use gatewright_ir::{AuthorizerId, AuthorizerKind, AuthorizerResponse, Generated, Ir};
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
    /// It asks a function.
    Request {
        /// What is called.
        uri: Value,
        /// The payload format.
        payload: String,
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
            AuthorizerKind::Lambda { callee, response, payload, cache, role, .. } => Decision::Request {
                uri: callee::invocation_uri(ir, callee)?,
                payload: payload.value.to_string(),
                simple: (&*payload.value == "2.0").then_some(*response == AuthorizerResponse::Simple),
                // Always written: what holds without it is not documented.
                ttl: cache.as_ref().map_or(Value::from(0), |it| json(it, |it| it.as_seconds().into())),
                credentials: role.as_ref().map(text),
            },
            AuthorizerKind::Cognito { .. } | AuthorizerKind::Unknown => return None,
        };
        Some(Self {
            id: ir.logical_id(Generated::Authorizer(id)),
            name: of.name.value.to_string(),
            identity: list(ir, &of.identity),
            decision,
        })
    }
}
