//! Decode: what a person may write. The types of the language, declared once for the decoder, the JSON Schema and
//! the reference.

mod api;
mod authorizer;
mod cors;
mod decode;
mod domain;
mod function;
mod gateway_response;
mod integration;
mod kinds;
mod policy;
mod route;
mod schema;
mod stage;
mod units;
mod usage_plan;
mod value;

pub use api::{
    AccessMode, ApiKeySource, Defaults, Endpoint, EndpointType, IpAddressType, Kind, Parameter, Redeploy,
    Spec, VpcLink,
};
pub use authorizer::{Authorizer, AuthorizerResponse, Jwt, LambdaAuthorizerType};
pub use cors::Cors;
pub use decode::{decode, decode_spec, kind_of};
pub use domain::{Domain, MutualTls};
pub use function::{Alias, Architecture, Code, Function, Policy, S3Code, Vpc};
pub use gateway_response::GatewayResponse;
pub use integration::{
    ContentHandling, Integration, IntegrationKeys, Mock, PassthroughBehavior, Response, TemplateFile,
};
pub use policy::{PolicyRule, ResourcePolicy};
pub use route::{ApiKeyRequirement, Route, Validate};
pub use schema::schema;
pub use stage::{
    AccessLog, Alarm, Alarms, Canary, ExecutionLog, LogLevel, RouteCache, RouteSettings, Stage, StageCache,
    Throttle,
};
pub use units::{Duration, Retention, Size, Threshold};
pub use usage_plan::{ApiKey, Period, PlanStage, Quota, UsagePlan};
pub use value::{Data, Either, Entries, Field, List, MultiEntries, OneOrMany, Raw, Value};
