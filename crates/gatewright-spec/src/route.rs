//! `routes:`

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::integration::{
    ContentHandling, IntegrationKeys, Mock, PassthroughBehavior, Response, TemplateFile,
    with_integration_keys,
};
use crate::{Duration, Either, Entries, Field, List, OneOrMany, RouteCache, Throttle, Value};

with_integration_keys! {
    /// A route in its long form. The backend is named by `integration`, or given by `lambda`, `http`, `aws` or
    /// `mock`.
    pub struct Route {
        /// The name of an integration or of a function.
        pub integration: Field<Text>,
        /// The name of an authorizer, `iam` or `none`.
        pub authorizer: Field<Text>,
        /// The scopes that a token needs; any one of them is enough.
        pub scopes: Field<List<Value<Text>>>,
        /// REST and WebSocket APIs: whether callers must show an API key.
        pub api_key: Field<ApiKeyRequirement>,
        /// REST and WebSocket APIs: what requests are checked for before the backend is called. The name of a model, or
        /// details.
        pub validate: Field<Either<Text, Validate>>,
        /// REST APIs: whether answers are remembered in the cache of the stage: `none`, or details.
        pub cache: Field<Either<Text, RouteCache>>,
        /// WebSocket APIs: whether the backend's answer is sent to the caller. Default: false.
        pub response: Field<bool>,
        /// How many requests the route takes.
        pub throttle: Field<Throttle>,
        /// Whether metrics are kept for this route.
        pub detailed_metrics: Field<bool>,
        /// Why it is right that anybody may call this route.
        pub public: Field<Text>,
        /// The name of the operation, for generated clients.
        pub operation_name: Field<Text>,
        /// What the route does, for the documentation.
        pub description: Field<Text>,
    }
}

/// Whether callers must show an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ApiKeyRequirement {
    /// They must.
    Required,
    /// They need not.
    None,
}

/// What a request must have.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Validate {
    /// The model of the body: its name, or names by media type.
    pub body: Field<Either<Text, Entries<Text>>>,
    /// Headers that must be there.
    pub headers: Field<OneOrMany<Text>>,
    /// Query parameters that must be there.
    pub query: Field<OneOrMany<Text>>,
}
