//! Decode: what a person may write. The types of the language, declared once for the decoder, the JSON Schema and
//! the reference.

mod api;
mod authorizer;
mod cors;
mod decode;
mod domain;
mod function;
mod integration;
mod rest_only;
mod route;
mod schema;
mod stage;
mod units;
mod value;

pub use api::{Defaults, IpAddressType, Kind, Parameter, Redeploy, Spec, VpcLink};
pub use authorizer::{Authorizer, AuthorizerResponse, Jwt};
pub use cors::Cors;
pub use decode::decode;
pub use domain::{Domain, MutualTls};
pub use function::{Alias, Architecture, Code, Function, Policy, S3Code, Vpc};
pub use integration::{Integration, IntegrationKeys};
pub use route::Route;
pub use schema::schema;
pub use stage::{AccessLog, Alarm, Alarms, RouteSettings, Stage, Throttle};
pub use units::{Duration, Retention, Size, Threshold};
pub use value::{Data, Either, Entries, Field, List, MultiEntries, OneOrMany, Raw, Value};
