//! `integrations:`, and the keys of an integration that a route may have itself.

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Duration, Entries, Field, Value};

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
            /// HTTP: the method of the backend. Default: that of the request (`ANY`).
            pub method: Field<Text>,
            /// HTTP: the name of the VPC link through which the backend is reached.
            pub vpc_link: Field<Text>,
            /// HTTP through a VPC link: the name on the backend's certificate, which turns TLS on.
            pub tls: Field<Value<Text>>,
            /// AWS service: the subtype, such as `SQS-SendMessage` or `EventBridge-PutEvents`.
            pub aws: Field<Text>,
            /// AWS service: its parameters, such as `QueueUrl` and `MessageBody`.
            pub parameters: Field<Entries<Value<Text>>>,
            /// The ARN of the role that API Gateway calls the backend with; for AWS services one is generated.
            pub role: Field<Value<Text>>,
            /// After how long a call is given up, from 50ms to 30s. Default: 30s.
            pub timeout: Field<Value<Duration>>,
            /// Changes to the request: `append:header.NAME`, `overwrite:querystring.NAME`, `overwrite:path`,
            /// `remove:header.NAME`, each with a value such as `$request.header.NAME` or text.
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
    pub aws: &'s Field<Text>,
    pub parameters: &'s Field<Entries<Value<Text>>>,
    pub role: &'s Field<Value<Text>>,
    pub timeout: &'s Field<Value<Duration>>,
    pub request_parameters: &'s Field<Entries<Value<Text>>>,
    pub response_parameters: &'s Field<Entries<Entries<Value<Text>>>>,
}

with_integration_keys! {
    /// A backend: exactly one of `lambda`, `http` and `aws`.
    pub struct Integration {
        /// What the backend is.
        pub description: Field<Text>,
    }
}
