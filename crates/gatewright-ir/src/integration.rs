//! Integrations: the backends behind routes.

use gatewright_source::{Span, Text};
use gatewright_spec::Duration;

use crate::{Callee, Located, Name, VpcLinkId};

/// A backend.
#[derive(Clone, Debug)]
pub struct Integration {
    /// Its name. One that a route brings itself is named by the route's key, one for a bare function by the
    /// function's name.
    pub name: Name,
    /// Whether it stands under `integrations:`.
    pub declared: bool,
    /// What it calls.
    pub backend: Backend,
    /// After how long a call is given up; the default of the specification is filled in.
    pub timeout: Option<Located<Duration>>,
    /// With whose credentials the backend is called.
    pub credentials: Credentials,
    /// Changes to the request.
    pub request_parameters: Vec<ParameterMapping>,
    /// Changes to the response, by status.
    pub response_parameters: Vec<(Name, Vec<ParameterMapping>)>,
    /// What the backend is.
    pub description: Option<Name>,
}

/// One change to a request or response: `append:header.x` and its value.
#[derive(Clone, Debug)]
pub struct ParameterMapping {
    /// What is changed, such as `overwrite:header.x`.
    pub destination: Name,
    /// What is put there.
    pub source: Located<Text>,
}

/// What an integration calls.
#[derive(Clone, Debug)]
pub enum Backend {
    /// A Lambda function.
    Lambda {
        /// The function.
        callee: Callee,
        /// The payload format, as written or `2.0`.
        payload: Name,
    },
    /// An HTTP server.
    Http {
        /// The URL; behind a VPC link the ARN of a listener or Cloud Map service.
        uri: Located<Text>,
        /// The method; `ANY` passes that of the request on.
        method: Name,
        /// The VPC link.
        link: Option<Link>,
        /// The name on the server's certificate; turns TLS on behind a VPC link.
        tls: Option<Located<Text>>,
        /// A payload format that was written although only `1.0` is possible.
        payload: Option<Name>,
    },
    /// An AWS service, without a function between.
    Service {
        /// The subtype, such as `SQS-SendMessage`.
        subtype: Name,
        /// Its parameters.
        parameters: Vec<(Name, Located<Text>)>,
    },
    /// Unknown, which was reported.
    Unknown,
}

/// A VPC link as an integration names it.
#[derive(Clone, Copy, Debug)]
pub enum Link {
    /// One of this specification.
    Known(VpcLinkId, Span),
    /// Unknown, which was reported.
    Unknown,
}

/// With whose credentials API Gateway calls a backend.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// None: a function's permission lets API Gateway in.
    None,
    /// A role that is generated for this integration.
    Generated,
    /// A role that was given.
    Role(Located<Text>),
}

impl Integration {
    /// The function that is called, if it is one.
    pub fn callee(&self) -> Option<&Callee> {
        match &self.backend {
            Backend::Lambda { callee, .. } => Some(callee),
            _ => None,
        }
    }
}
