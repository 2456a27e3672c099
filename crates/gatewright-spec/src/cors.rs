//! `cors:`

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Duration, Field, OneOrMany, Value};

/// Which web pages may call the API, and how.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Cors {
    /// The origins that may call, such as `https://shop.example.com`; `*` for all.
    pub allow_origins: Field<OneOrMany<Value<Text>>>,
    /// The methods that they may use; `*` for all.
    pub allow_methods: Field<OneOrMany<Value<Text>>>,
    /// The headers that they may send; `*` for all but `authorization`.
    pub allow_headers: Field<OneOrMany<Value<Text>>>,
    /// The response headers that they may read.
    pub expose_headers: Field<OneOrMany<Value<Text>>>,
    /// For how long a browser remembers the answer to a preflight request, up to 1d.
    pub max_age: Field<Value<Duration>>,
    /// Whether browsers send cookies and credentials. Default: false.
    pub allow_credentials: Field<Value<bool>>,
}
