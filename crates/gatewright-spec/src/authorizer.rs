//! `authorizers:`

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Duration, Field, OneOrMany, Value};

/// An authorizer: `jwt`, `cognito`, or `lambda`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Authorizer {
    /// Tokens of an identity provider are checked.
    pub jwt: Field<Jwt>,
    /// REST APIs: tokens of Cognito user pools are checked: the ARNs of the pools.
    pub cognito: Field<OneOrMany<Value<Text>>>,
    /// A function decides: its name, `function:alias`, or an ARN.
    pub lambda: Field<Value<Text>>,
    /// Where the identity stands: `$request.header.NAME`, `$request.querystring.NAME`; for functions also
    /// `$context.NAME` and `$stageVariables.NAME`. Default: `$request.header.Authorization`.
    pub identity: Field<OneOrMany<Value<Text>>>,
    /// REST APIs: what the function is given: one `token`, or the `request`. Default: `request`.
    pub r#type: Field<LambdaAuthorizerType>,
    /// REST APIs: a regular expression that a token must match; others are refused with 401 at once.
    pub identity_pattern: Field<Text>,
    /// For how long an answer of the function is remembered, up to 1h. Default: not at all.
    pub cache: Field<Value<Duration>>,
    /// What the function answers. Default: `simple`.
    pub response: Field<AuthorizerResponse>,
    /// The payload format of the function, `1.0` or `2.0`. Default: `2.0`.
    pub payload: Field<Text>,
    /// The ARN of the role that API Gateway calls the function with, instead of a permission.
    pub role: Field<Value<Text>>,
}

/// How tokens are checked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Jwt {
    /// The issuer's URL, exactly as it stands in the tokens.
    pub issuer: Field<Value<Text>>,
    /// The audiences (for Cognito: the ids of the app clients); any one of them is enough.
    pub audience: Field<OneOrMany<Value<Text>>>,
}

/// What an authorizer function answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AuthorizerResponse {
    /// `{"isAuthorized": true, "context": {…}}`.
    Simple,
    /// An IAM policy.
    Iam,
}

/// What the function of a REST API's authorizer is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LambdaAuthorizerType {
    /// One token, from a header.
    Token,
    /// The request, without its body.
    Request,
}
