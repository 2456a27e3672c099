//! `functions:`

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Duration, Either, Entries, Field, List, Raw, Retention, Size, Value};

/// A Lambda function. With `code` the stack creates it; with only `name` or `arn` it exists already.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Function {
    /// The ARN of an existing function.
    pub arn: Field<Value<Text>>,
    /// The name of the function. Without `code`, that of an existing one.
    pub name: Field<Value<Text>>,
    /// Whether API Gateway is given the permission to call an existing function. Default: true.
    pub permission: Field<bool>,
    /// The code: a folder, or details.
    pub code: Field<Either<Text, Code>>,
    /// The runtime, such as `python3.13`, `nodejs22.x` or `provided.al2023`.
    pub runtime: Field<Value<Text>>,
    /// What the runtime calls, such as `app.handler`.
    pub handler: Field<Value<Text>>,
    /// What the function is for.
    pub description: Field<Value<Text>>,
    /// After how long a call is given up. Default: 10s.
    pub timeout: Field<Value<Duration>>,
    /// Memory in MB, from 128 to 10240. Default: 128.
    pub memory: Field<Value<u64>>,
    /// Space in `/tmp`. Default: 512MB.
    pub ephemeral_storage: Field<Size>,
    /// The processor. Default: `x86_64`.
    pub architecture: Field<Architecture>,
    /// Environment variables.
    pub environment: Field<Entries<Value<Text>>>,
    /// The ARNs of layers.
    pub layers: Field<List<Value<Text>>>,
    /// The private network that the function runs in.
    pub vpc: Field<Vpc>,
    /// The ARN of a role, instead of a generated one.
    pub role: Field<Value<Text>>,
    /// What the generated role allows, besides writing logs.
    pub policies: Field<List<Either<Value<Text>, Policy>>>,
    /// WebSocket APIs: whether the function may send messages to connections and close them.
    pub manage_connections: Field<bool>,
    /// Aliases: names, or details by name. Each points to the version that the deployment publishes.
    pub aliases: Field<Either<List<Text>, Entries<Alias>>>,
    /// How many calls may run at once.
    pub reserved_concurrency: Field<Value<u64>>,
    /// How long logs are kept. Default: 30d.
    pub log_retention: Field<Retention>,
    /// Tags.
    pub tags: Field<Entries<Value<Text>>>,
}

/// Where a function's code comes from, if not from a folder: exactly one of these.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Code {
    /// The source text itself, for Node.js and Python.
    pub inline: Field<Value<Text>>,
    /// An archive in S3: `s3://bucket/key`, or details.
    pub s3: Field<Either<Text, S3Code>>,
    /// The URI of a container image.
    pub image: Field<Value<Text>>,
    /// A folder, as in the short form.
    pub folder: Field<Text>,
}

/// An archive in S3.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct S3Code {
    /// The bucket.
    pub bucket: Field<Value<Text>>,
    /// The key.
    pub key: Field<Value<Text>>,
    /// The version of the object.
    pub version: Field<Value<Text>>,
}

/// A processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Architecture {
    /// 64-bit ARM (Graviton).
    #[serde(rename = "arm64")]
    Arm64,
    /// 64-bit x86.
    #[serde(rename = "x86_64")]
    X86,
}

/// A private network.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Vpc {
    /// The subnets.
    pub subnets: Field<Value<List<Value<Text>>>>,
    /// The security groups.
    pub security_groups: Field<Value<List<Value<Text>>>>,
}

/// An alias of a function.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Alias {
    /// The version: `published` (the default: a new one when code or settings change), `$LATEST`, or a number.
    pub version: Field<Text>,
    /// What the alias is for.
    pub description: Field<Text>,
    /// How many environments are kept ready.
    pub provisioned_concurrency: Field<u64>,
}

/// What a function may do: one service with an action and a resource, or an IAM statement.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Policy {
    /// DynamoDB: `read`, `write` or `readWrite`, with `table`.
    pub dynamodb: Field<Text>,
    /// The ARN of a table.
    pub table: Field<Value<Text>>,
    /// S3: `read`, `write` or `readWrite`, with `bucket`.
    pub s3: Field<Text>,
    /// The ARN of a bucket.
    pub bucket: Field<Value<Text>>,
    /// SQS: `send` or `receive`, with `queue`.
    pub sqs: Field<Text>,
    /// The ARN of a queue.
    pub queue: Field<Value<Text>>,
    /// SNS: `publish`, with `topic`.
    pub sns: Field<Text>,
    /// The ARN of a topic.
    pub topic: Field<Value<Text>>,
    /// EventBridge: `put`, with `bus`.
    pub events: Field<Text>,
    /// The ARN of an event bus.
    pub bus: Field<Value<Text>>,
    /// Step Functions: `start`, with `stateMachine`.
    pub states: Field<Text>,
    /// The ARN of a state machine.
    pub state_machine: Field<Value<Text>>,
    /// Secrets Manager: `read`, with `secret`.
    pub secrets: Field<Text>,
    /// The ARN of a secret.
    pub secret: Field<Value<Text>>,
    /// Systems Manager parameters: `read`, with `parameter`.
    pub ssm: Field<Text>,
    /// The ARN of a parameter.
    pub parameter: Field<Value<Text>>,
    /// Lambda: `invoke`, with `function`.
    pub lambda: Field<Text>,
    /// The ARN of a function.
    pub function: Field<Value<Text>>,
    /// IAM statement: its id.
    #[serde(rename = "Sid")]
    pub sid: Field<Raw>,
    /// IAM statement: `Allow` or `Deny`.
    #[serde(rename = "Effect")]
    pub effect: Field<Raw>,
    /// IAM statement: the actions.
    #[serde(rename = "Action")]
    pub action: Field<Raw>,
    /// IAM statement: all actions but these.
    #[serde(rename = "NotAction")]
    pub not_action: Field<Raw>,
    /// IAM statement: the resources.
    #[serde(rename = "Resource")]
    pub resource: Field<Raw>,
    /// IAM statement: all resources but these.
    #[serde(rename = "NotResource")]
    pub not_resource: Field<Raw>,
    /// IAM statement: the conditions.
    #[serde(rename = "Condition")]
    pub condition: Field<Raw>,
}
