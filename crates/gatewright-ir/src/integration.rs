//! Integrations: the backends behind routes.

use gatewright_source::{Span, Spanned, Text};
use gatewright_spec::{ContentHandling, Duration, PassthroughBehavior};

use crate::{Callee, Located, ModelId, Name, VpcLinkId};

/// A backend.
#[derive(Clone, Debug)]
pub struct Integration {
    /// Its name. One that a route brings itself is named by the route's key, one for a bare function by the
    /// function's name.
    pub name: Name,
    /// Whether it stands under `integrations:`.
    pub declared: bool,
    /// Whether a route brings it itself, so that no other can use it; it is named by the route's key.
    pub brought: bool,
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
    /// How bodies and answers are changed: REST and WebSocket APIs.
    pub transformation: Option<Box<Transformation>>,
}

/// How an integration of a REST or WebSocket API changes bodies and answers.
#[derive(Clone, Debug, Default)]
pub struct Transformation {
    /// Whether request and answer pass as they are; the default is filled in: true for functions and HTTP backends
    /// without `request` and `responses`.
    pub proxy: bool,
    /// Where that was said, if it was.
    pub proxy_stated: Option<Span>,
    /// Mapping templates for the request by media type; for WebSocket APIs by key.
    pub request: Vec<(Name, MappingTemplate)>,
    /// What the caller gets. Where nothing was said of an integration that is no proxy, the default is filled in.
    pub responses: Vec<IntegrationResponse>,
    /// Whether responses were written; otherwise they are the default.
    pub responses_stated: bool,
    /// Whether some of them could not be read, which was reported.
    pub responses_unknown: bool,
    /// What happens to a request for which there is no mapping template.
    pub passthrough_behavior: Option<Spanned<PassthroughBehavior>>,
    /// Whether the body of the request is converted.
    pub content_handling: Option<Spanned<ContentHandling>>,
    /// Where it was said that the answer is streamed, if it is.
    pub stream: Option<Span>,
}

/// A mapping template.
#[derive(Clone, Debug)]
pub struct MappingTemplate {
    /// Where it was written; of one in a file, where the file is named.
    pub span: Span,
    /// The text; `None` if its file could not be read, which was reported.
    pub text: Option<Text>,
    /// The path of the file that it comes from, as written.
    pub file: Option<Text>,
}

/// What the caller gets for some of the backend's answers.
#[derive(Clone, Debug)]
pub struct IntegrationResponse {
    /// A regular expression, or `default`.
    pub pattern: Name,
    /// The status that the caller gets.
    pub status: Spanned<u64>,
    /// Bodies by media type; for WebSocket APIs by key. None: the backend's.
    pub templates: Vec<(Name, MappingTemplate)>,
    /// Headers, with values in AWS's syntax: `'text'`, `integration.response.header.NAME`, `context.NAME`.
    pub headers: Vec<(Name, Located<Text>)>,
    /// Whether the body is converted.
    pub content_handling: Option<Spanned<ContentHandling>>,
    /// The model of the body, and where it is named.
    pub model: Option<(ModelId, Span)>,
}

impl IntegrationResponse {
    /// Whether it is for what no other one is for.
    pub fn is_default(&self) -> bool {
        matches!(&*self.pattern.value, "default" | "$default")
    }
}

/// One change to a request or response: `append:header.x` and its value.
#[derive(Clone, Debug)]
pub struct ParameterMapping {
    /// What is changed: `overwrite:header.x` for HTTP APIs, `integration.request.header.x` for the others, whose short
    /// form is written out.
    pub destination: Name,
    /// What is put there: `$request.header.x` for HTTP APIs; for the others in AWS's syntax, `method.request.header.x`
    /// or (WebSocket APIs) `route.request.header.x`, `context.x`, `stageVariables.x` or `'text'`, into which `$…` and
    /// plain text are translated.
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
        /// The method; `ANY` passes that of the request on. The default is filled in: `POST` for WebSocket APIs, whose
        /// messages have none.
        method: Name,
        /// The VPC link.
        link: Option<Link>,
        /// The name on the server's certificate; turns TLS on behind a VPC link.
        tls: Option<Located<Text>>,
        /// A payload format that was written although only `1.0` is possible.
        payload: Option<Name>,
        /// The load balancer or listener behind a VPC link with subnets: REST APIs.
        target: Option<Located<Text>>,
    },
    /// An AWS service, without a function between.
    Service {
        /// The subtype, such as `SQS-SendMessage`.
        subtype: Name,
        /// Its parameters.
        parameters: Vec<(Name, Located<Text>)>,
    },
    /// An action of an AWS service, called as its own API wants it: REST and WebSocket APIs.
    Action {
        /// Service and action (`dynamodb:PutItem`) or path (`s3:path/bucket/{key}`), or the whole ARN.
        action: Located<Text>,
        /// The method with which the service is called.
        method: Name,
        /// The ARNs on which the generated role may do the action.
        resources: Vec<Located<Text>>,
    },
    /// API Gateway answers by itself: REST and WebSocket APIs. The answer is the only response.
    Mock {
        /// Where it was written.
        span: Span,
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
    /// Whether request and answer pass as they are, as all of an HTTP API's do.
    pub fn is_proxy(&self) -> bool {
        self.transformation.as_ref().is_none_or(|it| it.proxy)
    }

    /// API Gateway's word for its type: `AWS_PROXY`, `AWS`, `HTTP_PROXY`, `HTTP` or `MOCK`.
    pub fn aws_type(&self) -> &'static str {
        match (&self.backend, self.is_proxy()) {
            (Backend::Lambda { .. } | Backend::Service { .. }, true) => "AWS_PROXY",
            (Backend::Lambda { .. } | Backend::Service { .. } | Backend::Action { .. }, _) => "AWS",
            (Backend::Http { .. } | Backend::Unknown, true) => "HTTP_PROXY",
            (Backend::Http { .. } | Backend::Unknown, false) => "HTTP",
            (Backend::Mock { .. }, _) => "MOCK",
        }
    }

    /// The function that is called, if it is one.
    pub fn callee(&self) -> Option<&Callee> {
        match &self.backend {
            Backend::Lambda { callee, .. } => Some(callee),
            _ => None,
        }
    }
}
