//! The API and everything that belongs to it.

use std::sync::Arc;

use gatewright_source::{Span, Spanned, Text};
pub use gatewright_spec::Kind as ApiKind;
use gatewright_spec::{AccessMode, ApiKeySource, Duration, EndpointType, IpAddressType, Raw, Redeploy, Size};

use crate::{
    ApiKey, ApiKeyId, Arena, Authorizer, AuthorizerId, Domain, DomainId, Function, FunctionId,
    GatewayResponse, GatewayResponseId, Integration, IntegrationId, Located, LocatedList, Model, ModelId,
    Name, Provenance, ResourcePolicy, Route, RouteId, Stage, StageId, Template, UsagePlan, UsagePlanId,
    VpcLinkId,
};

/// One API: the model that rules, graph and emitters read. Every id in it is that of an existing entity.
#[derive(Clone, Debug)]
pub struct Ir {
    /// The API itself.
    pub api: Api,
    /// Lambda functions.
    pub functions: Arena<FunctionId, Function>,
    /// VPC links.
    pub vpc_links: Arena<VpcLinkId, VpcLink>,
    /// Backends.
    pub integrations: Arena<IntegrationId, Integration>,
    /// Authorizers; `none` and `iam` are not among them.
    pub authorizers: Arena<AuthorizerId, Authorizer>,
    /// Models of bodies: REST and WebSocket APIs.
    pub models: Arena<ModelId, Model>,
    /// Routes. Two may have the same key: a rule says so.
    pub routes: Arena<RouteId, Route>,
    /// Stages; at least one.
    pub stages: Arena<StageId, Stage>,
    /// API keys: REST and WebSocket APIs.
    pub api_keys: Arena<ApiKeyId, ApiKey>,
    /// Usage plans: REST and WebSocket APIs.
    pub usage_plans: Arena<UsagePlanId, UsagePlan>,
    /// What API Gateway itself answers, as written: REST APIs. Emitters add what CORS needs.
    pub gateway_responses: Arena<GatewayResponseId, GatewayResponse>,
    /// Custom domain names.
    pub domains: Arena<DomainId, Domain>,
    /// CloudFormation that travels along.
    pub template: Arc<Template>,
    /// All functions of CloudFormation that stand anywhere else in the specification.
    pub deferred: Vec<Arc<Raw>>,
    /// Where it was written.
    pub provenance: Provenance,
}

impl Ir {
    /// An API of which nothing is known but its kind and its name.
    pub fn new(kind: ApiKind, name: Name) -> Self {
        Self {
            api: Api {
                kind,
                name,
                description: None,
                version: None,
                cors: CorsSetting::Missing,
                ip_address_type: None,
                disable_default_endpoint: None,
                tags: Vec::new(),
                redeploy: Redeploy::Changed,
                endpoint: Endpoint {
                    span: None,
                    kind: EndpointType::Regional,
                    kind_unknown: false,
                    vpc_endpoints: Vec::new(),
                    tls_policy: None,
                    access_mode: None,
                },
                policy: None,
                api_key_source: None,
                binary_media_types: Vec::new(),
                minimum_compression_size: None,
                cloud_watch_role: None,
                route_selection: None,
                unknown_model: false,
                routes_unknown: false,
                usage_plans_unknown: false,
            },
            functions: Arena::default(),
            vpc_links: Arena::default(),
            integrations: Arena::default(),
            authorizers: Arena::default(),
            models: Arena::default(),
            routes: Arena::default(),
            stages: Arena::default(),
            api_keys: Arena::default(),
            usage_plans: Arena::default(),
            gateway_responses: Arena::default(),
            domains: Arena::default(),
            template: Arc::default(),
            deferred: Vec::new(),
            provenance: Provenance::default(),
        }
    }
}

/// The API itself.
#[derive(Clone, Debug)]
pub struct Api {
    /// Its kind.
    pub kind: ApiKind,
    /// Its name; where it is missing, the place where it was expected.
    pub name: Name,
    /// What it is for.
    pub description: Option<Name>,
    /// Its own version.
    pub version: Option<Name>,
    /// Which web pages may call.
    pub cors: CorsSetting,
    /// Which IP versions clients may use.
    pub ip_address_type: Option<Located<IpAddressType>>,
    /// Whether the default endpoint is switched off.
    pub disable_default_endpoint: Option<Located<bool>>,
    /// Tags.
    pub tags: Vec<(Name, Located<Text>)>,
    /// When stages without automatic deployment are deployed anew.
    pub redeploy: Redeploy,
    /// How the API is reached: REST APIs. The others are regional.
    pub endpoint: Endpoint,
    /// Who may call before anything else is asked: REST APIs.
    pub policy: Option<ResourcePolicy>,
    /// Where a request carries its API key, if that was said: REST and WebSocket APIs.
    pub api_key_source: Option<Spanned<ApiKeySource>>,
    /// Media types whose bodies are binary: REST APIs.
    pub binary_media_types: Vec<Located<Text>>,
    /// From which size on answers are compressed: REST APIs.
    pub minimum_compression_size: Option<Located<Size>>,
    /// Where it was said that this stack gives API Gateway the role with which it writes logs.
    pub cloud_watch_role: Option<Span>,
    /// What of a message says its route; the default is filled in: WebSocket APIs.
    pub route_selection: Option<Located<Text>>,
    /// Whether a model is named that does not exist, which was reported.
    pub unknown_model: bool,
    /// Whether the routes could not be read at all, which was reported.
    pub routes_unknown: bool,
    /// Whether the usage plans could not be read at all, which was reported.
    pub usage_plans_unknown: bool,
}

/// How an API is reached.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Where it was said, if it was.
    pub span: Option<Span>,
    /// Through CloudFront, in its region, or from VPCs only.
    pub kind: EndpointType,
    /// Whether only CloudFormation knows which of them: the kind is a guess then.
    pub kind_unknown: bool,
    /// The VPC endpoints for which API Gateway makes host names.
    pub vpc_endpoints: Vec<Located<Text>>,
    /// The TLS policy.
    pub tls_policy: Option<Located<Text>>,
    /// Whether the host of a request must be that of its TLS connection.
    pub access_mode: Option<Spanned<AccessMode>>,
}

/// What was said about CORS.
#[derive(Clone, Debug)]
pub enum CorsSetting {
    /// Nothing.
    Missing,
    /// `cors: none`: no browser calls this API.
    None(Span),
    /// Something that could not be read, and was reported.
    Unknown,
    /// The policy.
    Policy(Box<Cors>),
}

impl CorsSetting {
    /// The policy, if there is one.
    pub fn policy(&self) -> Option<&Cors> {
        match self {
            Self::Policy(it) => Some(it),
            _ => None,
        }
    }
}

/// Which web pages may call the API, and how.
#[derive(Clone, Debug)]
pub struct Cors {
    /// The whole section.
    pub span: Span,
    /// The origins that may call.
    pub allow_origins: Vec<Located<Text>>,
    /// The methods that they may use.
    pub allow_methods: Vec<Located<Text>>,
    /// The headers that they may send.
    pub allow_headers: Vec<Located<Text>>,
    /// The response headers that they may read.
    pub expose_headers: Vec<Located<Text>>,
    /// For how long a preflight answer is remembered.
    pub max_age: Option<Located<Duration>>,
    /// Whether browsers send credentials.
    pub allow_credentials: Option<Located<bool>>,
}

/// A VPC link.
#[derive(Clone, Debug)]
pub struct VpcLink {
    /// Its name.
    pub name: Name,
    /// The id of an existing link; otherwise it is created.
    pub existing: Option<Located<Text>>,
    /// The subnets that it enters.
    pub subnets: Option<LocatedList>,
    /// Its security groups.
    pub security_groups: Option<LocatedList>,
    /// The network load balancer of a link of the older sort, which has no subnets: REST and WebSocket APIs.
    pub target: Option<Located<Text>>,
}
