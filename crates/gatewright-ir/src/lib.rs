//! Lower: what a specification means. Names are resolved to ids, defaults are filled in, and everything keeps its
//! place. Made for all three kinds of API; emitters, rules and the graph read nothing else.

mod api;
mod arena;
mod authorizer;
mod domain;
mod function;
mod gateway_response;
mod integration;
mod log_format;
mod logical_id;
mod lower;
mod model;
mod policy;
mod provenance;
mod reference;
mod route;
mod service;
mod stage;
mod template;
mod usage_plan;
mod value;
mod written;

pub use api::{Api, ApiKind, Cors, CorsSetting, Endpoint, Ir, VpcLink};
pub use arena::{
    ApiKeyId, Arena, AuthorizerId, DomainId, FunctionId, GatewayResponseId, Id, IntegrationId, ModelId,
    RouteId, StageId, UsagePlanId, VpcLinkId,
};
pub use authorizer::{Authorizer, AuthorizerKind, AuthorizerResponse};
pub use domain::{Domain, Mapping, MutualTls};
pub use function::{
    Alias, AliasVersion, Callee, CodeSource, CreatedFunction, Function, Origin, Policy, Qualifier,
};
pub use gateway_response::GatewayResponse;
pub use gatewright_source::{Span, Spanned, Text};
pub use gatewright_spec::{
    AccessMode, ApiKeySource, Architecture, ContentHandling, Data, Duration, EndpointType, IpAddressType,
    LogLevel, PassthroughBehavior, Period, Raw, Redeploy, Retention, Size, Threshold,
};
pub use integration::{
    Backend, Credentials, Integration, IntegrationResponse, Link, MappingTemplate, ParameterMapping,
    Transformation,
};
pub use logical_id::{Generated, pascal, route_id_part};
pub use lower::{Source, aws_expression, default_responses, is_aws_expression, lower, policy_word};
pub use model::{BUILT_IN_MODELS, Model, Validation};
pub use policy::{PolicyKind, PolicyRule, ResourcePolicy};
pub use provenance::{Format, Provenance};
pub use reference::{Reference, ReferenceSort, depends_on, references, substituted, substitution};
pub use route::{Authorization, AuthorizationSource, Method, Route, RouteKey, RouteTarget, Segment};
pub use service::{SERVICES, Service, service};
pub use stage::{
    ACCOUNT_BURST, ACCOUNT_RATE, AccessLog, Alarm, AlarmTest, CacheSetting, Canary, ClientCertificate,
    ExecutionLog, LogFormat, Metric, RouteSettings, Stage, StageCache, Throttle,
};
pub use template::{Parameter, Template, is_sam};
pub use usage_plan::{ApiKey, PlanStage, Quota, UsagePlan};
pub use value::{Located, LocatedList, Name, Value, known};
pub use written::{Resolve, UNKNOWN, has_holes, sole_hole, written};
