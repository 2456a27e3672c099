//! `stages:`

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Duration, Either, Entries, Field, OneOrMany, Retention, Size, Threshold, Value};

/// A stage: a named place where the API is deployed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Stage {
    /// What the stage is for.
    pub description: Field<Text>,
    /// Stage variables.
    pub variables: Field<Entries<Value<Text>>>,
    /// Whether every change is deployed by itself. Default: true.
    pub auto_deploy: Field<bool>,
    /// How many requests every route of the stage takes.
    pub throttle: Field<Throttle>,
    /// Whether metrics are kept for each route.
    pub detailed_metrics: Field<bool>,
    /// Settings of single routes in this stage, by route key.
    pub routes: Field<Entries<RouteSettings>>,
    /// A line for each request: `json`, `clf`, `xml`, `csv`, `none`, or details.
    pub access_log: Field<Either<Text, AccessLog>>,
    /// REST and WebSocket APIs: what API Gateway does with each request, step by step: `off`, `error`, `info`, or
    /// details. Default: `off`.
    pub execution_log: Field<Either<LogLevel, ExecutionLog>>,
    /// REST APIs: the cache of the stage, for the routes that have `cache`.
    pub cache: Field<StageCache>,
    /// REST APIs: whether X-Ray traces requests.
    pub tracing: Field<bool>,
    /// REST APIs: a share of the requests goes to the latest deployment, the rest to the one before.
    pub canary: Field<Canary>,
    /// REST and WebSocket APIs: the certificate that API Gateway shows to HTTP backends: `create`, or the id of an
    /// existing one.
    pub client_certificate: Field<Value<Text>>,
    /// REST APIs: the ARN of a web ACL of AWS WAF.
    pub web_acl: Field<Value<Text>>,
    /// REST APIs: the version of the documentation that this stage shows.
    pub documentation_version: Field<Text>,
    /// Alarms.
    pub alarms: Field<Alarms>,
    /// Tags.
    pub tags: Field<Entries<Value<Text>>>,
}

/// How many requests are let through; what is above is answered with 429.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Throttle {
    /// Requests a second in the long run.
    pub rate: Field<Value<f64>>,
    /// Requests at once: the size of the token bucket.
    pub burst: Field<Value<u64>>,
}

/// Settings of one route in one stage. They replace the stage's as a whole; what is missing here is filled in.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RouteSettings {
    /// How many requests the route takes in this stage.
    pub throttle: Field<Throttle>,
    /// Whether metrics are kept for this route.
    pub detailed_metrics: Field<bool>,
    /// REST APIs: for how long answers are remembered: `none`, or details.
    pub cache: Field<Either<Text, RouteCache>>,
    /// REST and WebSocket APIs: what is logged of this route: `off`, `error`, `info`, or details.
    pub execution_log: Field<Either<LogLevel, ExecutionLog>>,
}

/// Whether answers of a route are remembered, in stages that have a cache.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RouteCache {
    /// For how long, up to 1h. Default: that of the stage's cache, or 5m.
    pub ttl: Field<Value<Duration>>,
    /// What tells answers apart besides the path: `page` or `query.page`, `header.authorization`, `path.id`.
    pub key: Field<OneOrMany<Text>>,
    /// Whether answers are encrypted in the cache. Default: that of the stage's cache.
    pub encrypted: Field<bool>,
}

/// The cache of a stage. It costs by the hour.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StageCache {
    /// Its size: `0.5GB`, `1.6GB`, `6.1GB`, `13.5GB`, `28.4GB`, `58.2GB`, `118GB` or `237GB`.
    pub size: Field<Size>,
    /// For how long answers are remembered where a route does not say. Default: 5m.
    pub ttl: Field<Value<Duration>>,
    /// Whether answers are encrypted in the cache. Default: true.
    pub encrypted: Field<bool>,
}

/// How much API Gateway logs of what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// Requests that fail.
    Error,
    /// Every request.
    Info,
}

/// What API Gateway logs of what it does.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ExecutionLog {
    /// How much.
    pub level: Field<LogLevel>,
    /// Whether headers and bodies are logged, secrets included. Default: false.
    pub data_trace: Field<bool>,
}

/// A canary release.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Canary {
    /// The share of the requests that the canary gets, in percent.
    pub percent: Field<Value<f64>>,
    /// The deployment that all other requests keep: the eight digits at the end of its logical id in the template that
    /// was deployed before, such as `4f1c2a9b` of `ProdStageDeployment4f1c2a9b`. None: the canary and the rest get the
    /// same deployment, with other variables perhaps.
    pub stable: Field<Text>,
    /// Stage variables that are different in the canary.
    pub variables: Field<Entries<Value<Text>>>,
    /// Whether the canary shares the stage's cache. Default: false.
    pub stage_cache: Field<bool>,
}

/// An access log.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct AccessLog {
    /// The format: `json`, `clf`, `xml`, `csv`, a line of your own with `$context` variables, or a mapping from
    /// names to variables that becomes a line of JSON. Default: `json`.
    pub format: Field<Either<Text, Entries<Text>>>,
    /// How long the lines are kept. Default: 30d.
    pub retention: Field<Retention>,
    /// The ARN of an existing log group (REST APIs: or Firehose stream), instead of a generated log group.
    pub destination: Field<Value<Text>>,
}

/// The alarms of a stage.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Alarms {
    /// Answers with a status from 400 to 499: a share (`above: 5%`) or a number.
    #[serde(rename = "4xx")]
    pub client_errors: Field<Alarm>,
    /// Answers with a status from 500 to 599: a share (`above: 1%`) or a number.
    #[serde(rename = "5xx")]
    pub server_errors: Field<Alarm>,
    /// The time until the answer, such as `p99: 800ms`.
    pub latency: Field<Alarm>,
    /// The time that the backend takes, such as `p99: 500ms`.
    pub integration_latency: Field<Alarm>,
    /// The number of requests: `above` or `below`.
    pub count: Field<Alarm>,
    /// Who is told, for all of these: ARNs of SNS topics.
    pub notify: Field<OneOrMany<Value<Text>>>,
}

/// One alarm.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Alarm {
    /// More than this many a minute, or than this share.
    pub above: Field<Threshold>,
    /// Fewer than this many a minute.
    pub below: Field<Threshold>,
    /// The average takes longer than this.
    pub average: Field<Duration>,
    /// Half of the requests take longer than this.
    pub p50: Field<Duration>,
    /// One request in ten takes longer than this.
    pub p90: Field<Duration>,
    /// One request in twenty takes longer than this.
    pub p95: Field<Duration>,
    /// One request in a hundred takes longer than this.
    pub p99: Field<Duration>,
    /// For how long, in whole minutes. Default: 5m.
    pub r#for: Field<Duration>,
    /// Who is told: ARNs of SNS topics.
    pub notify: Field<OneOrMany<Value<Text>>>,
}
