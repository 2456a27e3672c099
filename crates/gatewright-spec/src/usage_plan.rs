//! `apiKeys:` and `usagePlans:`

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Either, Entries, Field, OneOrMany, Throttle, Value};

/// An API key. With `id` it exists already.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ApiKey {
    /// The id of an existing key, instead of creating one.
    pub id: Field<Value<Text>>,
    /// The name that the key has in the account. CloudFormation makes one where none is given.
    pub name: Field<Value<Text>>,
    /// Who has the key.
    pub description: Field<Text>,
    /// The value, from 20 to 128 characters. None: API Gateway makes one, which is not written anywhere.
    pub value: Field<Value<Text>>,
    /// Whether the key is accepted. Default: true.
    pub enabled: Field<bool>,
    /// The customer in AWS Marketplace.
    pub customer_id: Field<Value<Text>>,
    /// Tags.
    pub tags: Field<Entries<Value<Text>>>,
}

/// How much the holders of some API keys may call.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct UsagePlan {
    /// The name that the plan has in the account. Default: the API's name and this one's.
    pub name: Field<Value<Text>>,
    /// What the plan is for.
    pub description: Field<Text>,
    /// How many requests each key may send.
    pub throttle: Field<Throttle>,
    /// How many requests each key may send in a day, week or month.
    pub quota: Field<Quota>,
    /// The stages that the plan is for: names, or throttles of single routes by name.
    pub stages: Field<Either<OneOrMany<Text>, Entries<PlanStage>>>,
    /// The names of the keys that have this plan.
    pub keys: Field<OneOrMany<Text>>,
    /// Tags.
    pub tags: Field<Entries<Value<Text>>>,
}

/// A stage in a usage plan.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PlanStage {
    /// How many requests to single routes each key may send, by route key.
    pub routes: Field<Entries<Throttle>>,
}

/// How many requests each key may send in a time.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Quota {
    /// How many.
    pub limit: Field<Value<u64>>,
    /// In which time.
    pub per: Field<Period>,
    /// How many of them count as used in the first time of a new key.
    pub offset: Field<Value<u64>>,
}

/// A time for which requests are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
}
