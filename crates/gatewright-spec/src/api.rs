//! The top level of a specification.

use gatewright_source::Text;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    ApiKey, ApiKeyRequirement, Authorizer, Cors, Domain, Duration, Either, Entries, Field, Function,
    GatewayResponse, Integration, List, MultiEntries, OneOrMany, Raw, ResourcePolicy, Route, Size, Stage,
    Throttle, UsagePlan, Value,
};

/// A description of one API.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Spec {
    /// The version of this language: 1.
    pub gatewright: Field<u64>,
    /// The name of the API, as it appears in the console.
    pub name: Field<Text>,
    /// The kind of API.
    pub kind: Field<Kind>,
    /// What the API is for.
    pub description: Field<Text>,
    /// The API's own version, such as `1.4.0`.
    pub version: Field<Text>,
    /// Further files of this language whose sections are added to this one; paths relative to this file.
    pub include: Field<List<Text>>,
    /// CloudFormation parameters, to be used with `!Ref`.
    pub parameters: Field<Entries<Parameter>>,
    /// CloudFormation mappings, to be used with `!FindInMap`.
    pub mappings: Field<Entries<Raw>>,
    /// CloudFormation conditions.
    pub conditions: Field<Entries<Raw>>,
    /// Lambda functions: those that this stack creates, and existing ones.
    pub functions: Field<Entries<Function>>,
    /// Backends that several routes may share, by name.
    pub integrations: Field<Entries<Integration>>,
    /// VPC links, for backends in private networks.
    pub vpc_links: Field<Entries<VpcLink>>,
    /// Who may call; `none` and `iam` are built in.
    pub authorizers: Field<Entries<Authorizer>>,
    /// Which web pages may call the API; `none` says that no browser does.
    pub cors: Field<Either<Text, Cors>>,
    /// For every route that does not say otherwise.
    pub defaults: Field<Defaults>,
    /// REST and WebSocket APIs: what bodies look like, as JSON Schema (draft 4), by name.
    pub models: Field<Entries<Raw>>,
    /// The routes: `GET /orders/{id}`, `ANY /files/{proxy+}` or `$default`, for WebSocket APIs `$connect`, `$disconnect`,
    /// `$default` and names of messages; each with the name of an integration or function, or with details.
    pub routes: Field<MultiEntries<Either<Text, Box<Route>>>>,
    /// The stages. None given: `$default`, deployed automatically; for REST and WebSocket APIs `prod`.
    pub stages: Field<Entries<Stage>>,
    /// REST and WebSocket APIs: API keys, by name.
    pub api_keys: Field<Entries<ApiKey>>,
    /// REST and WebSocket APIs: how much the holders of API keys may call, by name.
    pub usage_plans: Field<Entries<UsagePlan>>,
    /// REST APIs: where a request carries its API key. Default: `header`.
    pub api_key_source: Field<ApiKeySource>,
    /// REST APIs: what API Gateway itself answers when it refuses or fails, by type, such as `DEFAULT_4XX`.
    pub gateway_responses: Field<Entries<GatewayResponse>>,
    /// REST APIs: how the API is reached: `regional` (the default), `edge`, `private`, or details.
    pub endpoint: Field<Either<EndpointType, Endpoint>>,
    /// REST APIs: who may call, before anything else is asked: rules, or a whole policy document.
    pub policy: Field<ResourcePolicy>,
    /// REST APIs: media types whose bodies are binary.
    pub binary_media_types: Field<OneOrMany<Value<Text>>>,
    /// REST APIs: answers from this size on are compressed. None: never.
    pub minimum_compression_size: Field<Value<Size>>,
    /// REST and WebSocket APIs: whether this stack gives API Gateway the role with which it writes logs. There is one for
    /// the whole account and region, and it stays when the stack goes. Default: false.
    pub cloud_watch_role: Field<bool>,
    /// WebSocket APIs: what of a message says its route. Default: `$request.body.action`.
    pub route_selection: Field<Value<Text>>,
    /// Custom domain names.
    pub domains: Field<Entries<Domain>>,
    /// CloudFormation resources that travel along and can be referred to.
    pub resources: Field<Entries<Raw>>,
    /// Changes to what is generated: by logical id, merged into the resource.
    pub overrides: Field<Entries<Raw>>,
    /// Other logical ids for what is generated, by the one that it would have: to take over a stack that exists.
    pub logical_ids: Field<Entries<Text>>,
    /// CloudFormation outputs, besides those that are generated.
    pub outputs: Field<Entries<Raw>>,
    /// Tags of the API and of what is created for it.
    pub tags: Field<Entries<Value<Text>>>,
    /// Whether clients may use IPv6.
    pub ip_address_type: Field<Value<IpAddressType>>,
    /// Whether `https://{id}.execute-api…` is switched off, so that only custom domains answer.
    pub disable_default_endpoint: Field<Value<bool>>,
    /// When stages without automatic deployment are deployed anew.
    pub redeploy: Field<Redeploy>,
}

/// The kind of API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An HTTP API: routing, CORS, JWT; cheaper and faster.
    Http,
    /// A REST API: API keys, validation, caching and more.
    Rest,
    /// A WebSocket API.
    #[serde(rename = "websocket")]
    WebSocket,
}

/// Which IP versions clients may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum IpAddressType {
    /// IPv4 only.
    Ipv4,
    /// IPv4 and IPv6.
    Dualstack,
}

/// Where a request carries its API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ApiKeySource {
    /// In the header `x-api-key`.
    Header,
    /// The function of the authorizer answers it, as `usageIdentifierKey`.
    Authorizer,
}

/// How an API or a domain is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EndpointType {
    /// Through CloudFront, from everywhere.
    Edge,
    /// In its region.
    Regional,
    /// From VPCs only.
    Private,
}

/// How the API is reached, in detail.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Endpoint {
    /// Through CloudFront, in its region, or from VPCs only. Default: `regional`.
    pub r#type: Field<EndpointType>,
    /// Private APIs: the VPC endpoints for which API Gateway makes host names.
    pub vpc_endpoints: Field<OneOrMany<Value<Text>>>,
    /// The TLS policy, such as `SecurityPolicy_TLS13_1_2_2021_06`.
    pub tls_policy: Field<Value<Text>>,
    /// Whether the host of a request must be that of its TLS connection. Needed with the newer TLS policies.
    pub access_mode: Field<AccessMode>,
}

/// Whether the host of a request must be that of its TLS connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AccessMode {
    /// It need not.
    Basic,
    /// It must.
    Strict,
}

/// When a stage without automatic deployment is deployed anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Redeploy {
    /// When something changed that a deployment holds.
    Changed,
    /// At every build: for values that are only known when deploying. Needs `--redeploy-token`.
    Always,
}

/// A CloudFormation parameter; AWS's own spelling of the keys is accepted too.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Parameter {
    /// The type, such as `String`, `Number` or `List<AWS::EC2::Subnet::Id>`.
    #[serde(alias = "Type")]
    pub r#type: Field<Text>,
    /// What the parameter is for.
    #[serde(alias = "Description")]
    pub description: Field<Text>,
    /// The value if none is given.
    #[serde(alias = "Default")]
    pub default: Field<Raw>,
    /// The values that are accepted.
    #[serde(alias = "AllowedValues")]
    pub allowed_values: Field<Raw>,
    /// The pattern that a value must match.
    #[serde(alias = "AllowedPattern")]
    pub allowed_pattern: Field<Text>,
    /// What to say when a value is refused.
    #[serde(alias = "ConstraintDescription")]
    pub constraint_description: Field<Text>,
    /// The least number of characters.
    #[serde(alias = "MinLength")]
    pub min_length: Field<u64>,
    /// The greatest number of characters.
    #[serde(alias = "MaxLength")]
    pub max_length: Field<u64>,
    /// The least number.
    #[serde(alias = "MinValue")]
    pub min_value: Field<f64>,
    /// The greatest number.
    #[serde(alias = "MaxValue")]
    pub max_value: Field<f64>,
    /// Whether the value is hidden in the console.
    #[serde(alias = "NoEcho")]
    pub no_echo: Field<bool>,
}

/// A VPC link: how the API reaches a private network.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct VpcLink {
    /// The id of an existing VPC link, instead of creating one.
    pub id: Field<Value<Text>>,
    /// The subnets that the link enters.
    pub subnets: Field<Value<List<Value<Text>>>>,
    /// The security groups of the link.
    pub security_groups: Field<Value<List<Value<Text>>>>,
    /// REST and WebSocket APIs: the ARN of a network load balancer, instead of subnets.
    pub target: Field<Value<Text>>,
}

/// Settings for every route that does not say otherwise.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Defaults {
    /// The authorizer.
    pub authorizer: Field<Text>,
    /// The scopes that a token needs; any one of them is enough.
    pub scopes: Field<List<Value<Text>>>,
    /// REST and WebSocket APIs: whether callers of every route must show an API key.
    pub api_key: Field<ApiKeyRequirement>,
    /// The throttle of every stage that has none.
    pub throttle: Field<Throttle>,
    /// The timeout of every integration that has none.
    pub timeout: Field<Duration>,
    /// The payload format of every Lambda integration that has none.
    pub payload: Field<Text>,
    /// Whether metrics are kept for each route.
    pub detailed_metrics: Field<bool>,
}

impl Spec {
    /// The files of mapping templates that are named, and where.
    pub fn template_files(&self) -> Vec<&gatewright_source::Spanned<Text>> {
        let routes = self.routes.value().map(|it| &it.0[..]).unwrap_or_default();
        let routes = routes.iter().filter_map(|(_, it)| match it.value()? {
            Either::Long(it) => Some(it.integration()),
            Either::Short(_) => None,
        });
        let integrations = self.integrations.value().map(|it| &it.0[..]).unwrap_or_default();
        let integrations = integrations.iter().filter_map(|(_, it)| Some(it.value()?.integration()));
        routes.chain(integrations).flat_map(|it| it.template_files()).collect()
    }
}
