//! The API and everything that belongs to it.

use gatewright_source::{Span, Text};
pub use gatewright_spec::Kind as ApiKind;
use gatewright_spec::{Duration, IpAddressType, Redeploy};

use crate::{
    Arena, Authorizer, AuthorizerId, Domain, DomainId, Function, FunctionId, Integration, IntegrationId,
    Located, LocatedList, Name, Route, RouteId, Stage, StageId, Template, VpcLinkId,
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
    /// Routes. Two may have the same key: a rule says so.
    pub routes: Arena<RouteId, Route>,
    /// Stages; at least one.
    pub stages: Arena<StageId, Stage>,
    /// Custom domain names.
    pub domains: Arena<DomainId, Domain>,
    /// CloudFormation that travels along.
    pub template: Template,
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
    /// Whether the routes could not be read at all, which was reported.
    pub routes_unknown: bool,
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
}
