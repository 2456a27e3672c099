//! `gatewayResponses:`

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Entries, Field, Value};

/// What API Gateway itself answers when it refuses a request or fails.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct GatewayResponse {
    /// The status, instead of the usual one.
    pub status: Field<u64>,
    /// Headers: text, `$request.header.NAME`, `$context.NAME` or `$stageVariables.NAME`.
    pub headers: Field<Entries<Value<Text>>>,
    /// The body for `application/json`, in which `$context.…` is replaced.
    pub body: Field<Text>,
    /// Bodies by media type, instead of `body`.
    pub templates: Field<Entries<Text>>,
}
