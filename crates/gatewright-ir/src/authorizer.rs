//! Authorizers.

use gatewright_source::Text;
pub use gatewright_spec::AuthorizerResponse;
use gatewright_spec::Duration;

use crate::{Callee, Located, Name};

/// Who decides whether a request is let through.
#[derive(Clone, Debug)]
pub struct Authorizer {
    /// Its name.
    pub name: Name,
    /// How it decides.
    pub kind: AuthorizerKind,
    /// Where the identity stands; the default is filled in. In AWS's syntax: `$request.header.x` for HTTP APIs,
    /// `method.request.header.x` for REST, `route.request.header.x` for WebSocket APIs.
    pub identity: Vec<Located<Text>>,
}

/// How an authorizer decides.
#[derive(Clone, Debug)]
pub enum AuthorizerKind {
    /// It checks tokens of an identity provider.
    Jwt {
        /// The issuer's URL; `None` if it was missing, which was reported.
        issuer: Option<Located<Text>>,
        /// The accepted audiences.
        audience: Vec<Located<Text>>,
    },
    /// It checks tokens of Cognito user pools: REST APIs.
    Cognito {
        /// The ARNs of the pools.
        pools: Vec<Located<Text>>,
        /// For how long an answer is remembered.
        cache: Option<Located<Duration>>,
    },
    /// It asks a function.
    Lambda {
        /// The function.
        callee: Callee,
        /// Whether it is given one token (type TOKEN) instead of the request (type REQUEST): REST APIs.
        token: bool,
        /// A regular expression that a token must match: REST APIs.
        identity_pattern: Option<Name>,
        /// What it answers; for REST and WebSocket APIs always a policy.
        response: AuthorizerResponse,
        /// The payload format, as written or `2.0`; for REST and WebSocket APIs `1.0`, which has no meaning there.
        payload: Name,
        /// For how long an answer is remembered.
        cache: Option<Located<Duration>>,
        /// The role that the function is called with.
        role: Option<Located<Text>>,
    },
    /// It could not be read, which was reported.
    Unknown,
}
