//! `integrations:`, and the keys of an integration that a route may have itself.

use gatewright_source::{Span, Spanned, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Duration, Either, Entries, Field, OneOrMany, Value};

/// Declares a type with its own keys and, after them, all keys of an integration: serde's `flatten` would lose
/// the places.
macro_rules! with_integration_keys {
    ($(#[$attribute:meta])* pub struct $name:ident { $($own:tt)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields, default)]
        pub struct $name {
            $($own)*
            /// Lambda: the name of a function, `function:alias`, or an ARN. Stage variables may be used:
            /// `orders:${stageVariables.lambdaAlias}`.
            pub lambda: Field<Value<Text>>,
            /// Lambda: the payload format, `1.0` or `2.0`. Default: `2.0`.
            pub payload: Field<Text>,
            /// HTTP: the URL, with `{name}` for path variables; with `vpcLink`, the ARN of a listener or of a
            /// Cloud Map service.
            pub http: Field<Value<Text>>,
            /// HTTP and AWS service: the method of the backend. Default: that of the request (`ANY`) for HTTP, for a
            /// path in S3, and for other paths without `request`; otherwise, and for WebSocket APIs, `POST`.
            pub method: Field<Text>,
            /// HTTP: the name of the VPC link through which the backend is reached.
            pub vpc_link: Field<Text>,
            /// HTTP through a VPC link: the name on the backend's certificate, which turns TLS on.
            pub tls: Field<Value<Text>>,
            /// AWS service. HTTP APIs: the subtype, such as `SQS-SendMessage`. REST and WebSocket APIs: service and
            /// action (`dynamodb:PutItem`) or path (`s3:path/bucket/{key}`), or the whole ARN.
            pub aws: Field<Value<Text>>,
            /// AWS service: its parameters, such as `QueueUrl` and `MessageBody`.
            pub parameters: Field<Entries<Value<Text>>>,
            /// The ARN of the role that API Gateway calls the backend with; for AWS services one is generated.
            pub role: Field<Value<Text>>,
            /// After how long a call is given up, from 50ms to 30s. Default: 30s.
            pub timeout: Field<Value<Duration>>,
            /// REST and WebSocket APIs, AWS service: the ARNs on which the generated role may do the action.
            pub resource: Field<OneOrMany<Value<Text>>>,
            /// REST and WebSocket APIs: API Gateway answers by itself.
            pub mock: Field<Mock>,
            /// REST and WebSocket APIs: whether request and answer pass as they are. Default: true for functions and
            /// HTTP backends without `request` and `responses`.
            pub proxy: Field<bool>,
            /// REST and WebSocket APIs: mapping templates for the request, by media type.
            pub request: Field<Entries<Either<Text, TemplateFile>>>,
            /// REST and WebSocket APIs: what the caller gets, by a regular expression for the backend's status (for
            /// functions: for their error), or `default`.
            pub responses: Field<Entries<Either<u64, Response>>>,
            /// REST and WebSocket APIs: what happens to a request for which there is no mapping template. Default:
            /// `when_no_match`.
            pub passthrough_behavior: Field<PassthroughBehavior>,
            /// REST and WebSocket APIs: whether bodies are converted.
            pub content_handling: Field<ContentHandling>,
            /// REST APIs: whether the answer is streamed.
            pub stream: Field<bool>,
            /// REST APIs, HTTP through a VPC link with subnets: the ARN of the load balancer or its listener.
            pub target: Field<Value<Text>>,
            /// Changes to the request: `append:header.NAME`, `overwrite:querystring.NAME`, `overwrite:path`,
            /// `remove:header.NAME`, each with a value such as `$request.header.NAME` or text. REST and WebSocket APIs:
            /// `header.NAME`, `querystring.NAME`, `path.NAME`.
            pub request_parameters: Field<Entries<Value<Text>>>,
            /// Changes to the response, by the backend's status: `append:header.NAME`, `overwrite:statuscode`.
            pub response_parameters: Field<Entries<Entries<Value<Text>>>>,
        }

        impl $name {
            /// The keys of the integration.
            pub fn integration(&self) -> IntegrationKeys<'_> {
                IntegrationKeys {
                    lambda: &self.lambda,
                    payload: &self.payload,
                    http: &self.http,
                    method: &self.method,
                    vpc_link: &self.vpc_link,
                    tls: &self.tls,
                    aws: &self.aws,
                    parameters: &self.parameters,
                    resource: &self.resource,
                    mock: &self.mock,
                    proxy: &self.proxy,
                    request: &self.request,
                    responses: &self.responses,
                    passthrough_behavior: &self.passthrough_behavior,
                    content_handling: &self.content_handling,
                    stream: &self.stream,
                    target: &self.target,
                    role: &self.role,
                    timeout: &self.timeout,
                    request_parameters: &self.request_parameters,
                    response_parameters: &self.response_parameters,
                }
            }
        }
    };
}
pub(crate) use with_integration_keys;

/// The keys of an integration, wherever they were written.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // They are those of `Integration`.
pub struct IntegrationKeys<'s> {
    pub lambda: &'s Field<Value<Text>>,
    pub payload: &'s Field<Text>,
    pub http: &'s Field<Value<Text>>,
    pub method: &'s Field<Text>,
    pub vpc_link: &'s Field<Text>,
    pub tls: &'s Field<Value<Text>>,
    pub aws: &'s Field<Value<Text>>,
    pub parameters: &'s Field<Entries<Value<Text>>>,
    pub resource: &'s Field<OneOrMany<Value<Text>>>,
    pub mock: &'s Field<Mock>,
    pub proxy: &'s Field<bool>,
    pub request: &'s Field<Entries<Either<Text, TemplateFile>>>,
    pub responses: &'s Field<Entries<Either<u64, Response>>>,
    pub passthrough_behavior: &'s Field<PassthroughBehavior>,
    pub content_handling: &'s Field<ContentHandling>,
    pub stream: &'s Field<bool>,
    pub target: &'s Field<Value<Text>>,
    pub role: &'s Field<Value<Text>>,
    pub timeout: &'s Field<Value<Duration>>,
    pub request_parameters: &'s Field<Entries<Value<Text>>>,
    pub response_parameters: &'s Field<Entries<Entries<Value<Text>>>>,
}

impl<'s> IntegrationKeys<'s> {
    /// All keys that say more about a backend, and where their values stand, if they were given. What the kind of API
    /// does not have was reported and is none of them.
    pub fn details(self) -> [(&'static str, Option<Span>); 16] {
        fn at<T>(it: &Field<T>) -> Option<Span> {
            it.given().map(|it| it.span)
        }
        [
            ("payload", at(self.payload)),
            ("method", at(self.method)),
            ("vpcLink", at(self.vpc_link)),
            ("tls", at(self.tls)),
            ("parameters", at(self.parameters)),
            ("resource", at(self.resource)),
            ("role", at(self.role)),
            ("timeout", at(self.timeout)),
            ("proxy", at(self.proxy)),
            ("request", at(self.request)),
            ("responses", at(self.responses)),
            ("passthroughBehavior", at(self.passthrough_behavior)),
            ("contentHandling", at(self.content_handling)),
            ("stream", at(self.stream)),
            ("requestParameters", at(self.request_parameters)),
            ("responseParameters", at(self.response_parameters)),
        ]
    }

    /// The files of mapping templates that are named, and where.
    pub(crate) fn template_files(self) -> Vec<&'s Spanned<Text>> {
        fn file(it: &Field<Either<Text, TemplateFile>>) -> Option<&Spanned<Text>> {
            match it.value()? {
                Either::Long(it) => it.file.given(),
                Either::Short(_) => None,
            }
        }
        let mut out = Vec::new();
        for (_, it) in self.request.value().map(|it| &it.0[..]).unwrap_or_default() {
            out.extend(file(it));
        }
        for (_, it) in self.responses.value().map(|it| &it.0[..]).unwrap_or_default() {
            if let Some(Either::Long(it)) = it.value() {
                out.extend(file(&it.body));
                let templates = it.templates.value().map(|it| &it.0[..]).unwrap_or_default();
                out.extend(templates.iter().filter_map(|it| file(&it.1)));
            }
        }
        out.extend(self.mock.value().and_then(|it| file(&it.body)));
        out
    }
}

with_integration_keys! {
    /// A backend: exactly one of `lambda`, `http`, `aws` and `mock`.
    pub struct Integration {
        /// What the backend is.
        pub description: Field<Text>,
    }
}

/// API Gateway answers by itself.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Mock {
    /// The status. Default: 200.
    pub status: Field<u64>,
    /// The body: a mapping template.
    pub body: Field<Either<Text, TemplateFile>>,
    /// The media type of the body. Default: `application/json`.
    pub content_type: Field<Text>,
    /// Headers of the answer.
    pub headers: Field<Entries<Value<Text>>>,
}

/// A mapping template in a file of its own.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TemplateFile {
    /// The path of the file, relative to the file that names it.
    pub file: Field<Text>,
}

/// What the caller gets for some of the backend's answers.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Response {
    /// The status. Default: 200.
    pub status: Field<u64>,
    /// The body: a mapping template for `application/json`. None: the backend's.
    pub body: Field<Either<Text, TemplateFile>>,
    /// Mapping templates by media type, instead of `body`.
    pub templates: Field<Entries<Either<Text, TemplateFile>>>,
    /// Headers: text, `$response.header.NAME`, `$response.body.NAME`, `$context.NAME` or `$stageVariables.NAME`.
    pub headers: Field<Entries<Value<Text>>>,
    /// Whether the body is converted.
    pub content_handling: Field<ContentHandling>,
    /// The name of the model of the body, for the documentation and for clients.
    pub model: Field<Text>,
}

/// What happens to a request for which there is no mapping template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PassthroughBehavior {
    /// It passes as it is.
    WhenNoMatch,
    /// It passes if there is no template at all, and is refused with 415 otherwise.
    WhenNoTemplates,
    /// It is refused with 415.
    Never,
}

/// How bodies are converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ContentHandling {
    /// Binary bodies become Base64 text.
    Text,
    /// Base64 text becomes binary.
    Binary,
}
