//! Lower: what a specification means. Names are resolved to ids, defaults are filled in, and everything keeps its
//! place. Made for all three kinds of API; emitters, rules and the graph read nothing else.

mod api;
mod arena;
mod authorizer;
mod domain;
mod function;
mod integration;
mod logical_id;
mod lower;
mod reference;
mod route;
mod service;
mod stage;
mod template;
mod value;

pub use api::{Api, ApiKind, Cors, CorsSetting, Ir, VpcLink};
pub use arena::{Arena, AuthorizerId, DomainId, FunctionId, Id, IntegrationId, RouteId, StageId, VpcLinkId};
pub use authorizer::{Authorizer, AuthorizerKind, AuthorizerResponse};
pub use domain::{Domain, Mapping, MutualTls};
pub use function::{
    Alias, AliasVersion, Callee, CodeSource, CreatedFunction, Function, Origin, Policy, Qualifier,
};
pub use gatewright_source::{Span, Spanned, Text};
pub use gatewright_spec::{
    Architecture, Data, Duration, IpAddressType, Raw, Redeploy, Retention, Size, Threshold,
};
pub use integration::{Backend, Credentials, Integration, Link, ParameterMapping};
pub use logical_id::{Generated, pascal};
pub use lower::{Source, lower};
pub use reference::{Reference, ReferenceSort, depends_on, references, substituted};
pub use route::{Authorization, AuthorizationSource, Method, Route, RouteKey, RouteTarget, Segment};
pub use service::{SERVICES, Service, service};
pub use stage::{
    ACCOUNT_BURST, ACCOUNT_RATE, AccessLog, Alarm, AlarmTest, LogFormat, Metric, RouteSettings, Stage,
    Throttle,
};
pub use template::{Parameter, Template};
pub use value::{Located, LocatedList, Name, Value};
