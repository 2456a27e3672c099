//! `routes:`

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::integration::{IntegrationKeys, with_integration_keys};
use crate::{Duration, Entries, Field, List, Throttle, Value};

with_integration_keys! {
    /// A route in its long form. The backend is named by `integration`, or given by `lambda`, `http` or `aws`.
    pub struct Route {
        /// The name of an integration or of a function.
        pub integration: Field<Text>,
        /// The name of an authorizer, `iam` or `none`.
        pub authorizer: Field<Text>,
        /// The scopes that a token needs; any one of them is enough.
        pub scopes: Field<List<Value<Text>>>,
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
