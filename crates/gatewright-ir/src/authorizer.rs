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
    /// Where the identity stands; the default is filled in.
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
    /// It asks a function.
    Lambda {
        /// The function.
        callee: Callee,
        /// What it answers.
        response: AuthorizerResponse,
        /// The payload format, as written or `2.0`.
        payload: Name,
        /// For how long an answer is remembered.
        cache: Option<Located<Duration>>,
        /// The role that the function is called with.
        role: Option<Located<Text>>,
    },
    /// It could not be read, which was reported.
    Unknown,
}
