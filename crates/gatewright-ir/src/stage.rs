//! Stages: settings, logs and alarms.

use gatewright_source::{Span, Spanned, Text};
use gatewright_spec::{Duration, LogLevel, Retention, Size, Threshold};

use crate::{ApiKind, Ir, Located, Name, RouteId, StageId, Value, log_format};

/// A stage.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name; of the stage that is there when none is declared, the place of the API's name.
    pub name: Name,
    /// Whether it stands under `stages:`.
    pub declared: bool,
    /// What it is for.
    pub description: Option<Name>,
    /// Stage variables.
    pub variables: Vec<(Name, Located<Text>)>,
    /// Whether the variables could not be read at all, which was reported.
    pub variables_unknown: bool,
    /// Whether every change is deployed by itself; only HTTP APIs can.
    pub auto_deploy: bool,
    /// Settings of every route; the defaults of the specification are filled in.
    pub settings: RouteSettings,
    /// Whether some settings, of all routes or of some, could not be read.
    pub settings_unknown: bool,
    /// Settings of single routes, sorted by route.
    pub routes: Vec<(RouteId, RouteSettings)>,
    /// A line for each request.
    pub access_log: Option<AccessLog>,
    /// The cache cluster: REST APIs.
    pub cache: Option<StageCache>,
    /// Whether X-Ray traces requests, and where that was said: REST APIs.
    pub tracing: Option<Located<bool>>,
    /// The canary release: REST APIs.
    pub canary: Option<Canary>,
    /// The certificate that HTTP backends are shown: REST and WebSocket APIs.
    pub client_certificate: Option<ClientCertificate>,
    /// The ARN of the web ACL: REST APIs.
    pub web_acl: Option<Located<Text>>,
    /// The version of the documentation: REST APIs.
    pub documentation_version: Option<Name>,
    /// Alarms.
    pub alarms: Vec<Alarm>,
    /// Tags.
    pub tags: Vec<(Name, Located<Text>)>,
}

impl Stage {
    /// A stage of which nothing is known but its name.
    pub fn new(name: Name) -> Self {
        Self {
            name,
            declared: true,
            description: None,
            variables: Vec::new(),
            variables_unknown: false,
            auto_deploy: false,
            settings: RouteSettings::default(),
            settings_unknown: false,
            routes: Vec::new(),
            access_log: None,
            cache: None,
            tracing: None,
            canary: None,
            client_certificate: None,
            web_acl: None,
            documentation_version: None,
            alarms: Vec::new(),
            tags: Vec::new(),
        }
    }

    /// The stage that is there where none is declared. Its place is that of the API's name.
    pub fn undeclared(kind: ApiKind, place: Span) -> Self {
        let name = if kind == ApiKind::Http { "$default" } else { "prod" };
        let auto_deploy = kind == ApiKind::Http;
        Self { declared: false, auto_deploy, ..Self::new(Spanned::new(name.into(), place)) }
    }

    /// The values of a variable: that of the stage, and that of its canary if it has one of its own.
    pub fn variable_values<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s Located<Text>> {
        let canary = self.canary.as_ref().and_then(|it| value_of(&it.variables, name));
        value_of(&self.variables, name).into_iter().chain(canary)
    }
}

fn value_of<'s>(variables: &'s [(Name, Located<Text>)], name: &str) -> Option<&'s Located<Text>> {
    variables.iter().find(|it| &*it.0.value == name).map(|it| &it.1)
}

/// The cache cluster of a stage.
#[derive(Clone, Debug)]
pub struct StageCache {
    /// Where it was said.
    pub span: Span,
    /// Its size; `None` if it was missing or broken, which was reported.
    pub size: Option<Spanned<Size>>,
    /// For how long answers are remembered where a route does not say.
    pub ttl: Option<Located<Duration>>,
    /// Whether answers are encrypted. Where nothing was said the format's default is filled in: of ours, that they are.
    pub encrypted: Located<bool>,
}

/// A canary release.
#[derive(Clone, Debug)]
pub struct Canary {
    /// Where it was said.
    pub span: Span,
    /// The share of the requests, in percent.
    pub percent: Option<Located<f64>>,
    /// The deployment that all other requests keep, by the digest at the end of its logical id.
    pub stable: Option<Name>,
    /// Stage variables that are different.
    pub variables: Vec<(Name, Located<Text>)>,
    /// Whether it shares the stage's cache.
    pub stage_cache: bool,
}

/// The certificate that HTTP backends are shown.
#[derive(Clone, Debug)]
pub enum ClientCertificate {
    /// One that is created for the stage.
    Created(Span),
    /// The id of an existing one.
    Existing(Located<Text>),
}

/// What API Gateway logs of what it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExecutionLog {
    /// Where it was said.
    pub span: Span,
    /// How much; `None` if only CloudFormation knows.
    pub level: Option<LogLevel>,
    /// Whether headers and bodies are logged.
    pub data_trace: Option<Spanned<bool>>,
}

/// Whether answers of a route are remembered.
#[derive(Clone, Debug, PartialEq)]
pub struct CacheSetting {
    /// Where it was said.
    pub span: Span,
    /// Whether they are.
    pub enabled: bool,
    /// For how long.
    pub ttl: Option<Located<Duration>>,
    /// Whether they are encrypted.
    pub encrypted: Option<Located<bool>>,
}

/// Settings of a route.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteSettings {
    /// How many requests are let through.
    pub throttle: Throttle,
    /// Whether metrics are kept for each route.
    pub detailed_metrics: Option<Located<bool>>,
    /// Whether answers are remembered: REST APIs.
    pub cache: Option<CacheSetting>,
    /// What is logged: REST and WebSocket APIs.
    pub execution_log: Option<ExecutionLog>,
}

impl RouteSettings {
    /// These settings, with what they leave open taken from others.
    pub fn or(&self, other: &Self) -> Self {
        Self {
            throttle: self.throttle.or(&other.throttle),
            detailed_metrics: self.detailed_metrics.clone().or_else(|| other.detailed_metrics.clone()),
            cache: self.cache.clone().or_else(|| other.cache.clone()),
            execution_log: self.execution_log.or(other.execution_log),
        }
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.throttle.rate.is_none()
            && self.throttle.burst.is_none()
            && self.detailed_metrics.is_none()
            && self.cache.is_none()
            && self.execution_log.is_none()
    }
}

/// How many requests are let through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Throttle {
    /// Where it was said.
    pub span: Option<Span>,
    /// Requests a second.
    pub rate: Option<Located<f64>>,
    /// Requests at once.
    pub burst: Option<Located<u64>>,
}

impl Throttle {
    /// Whether one of the two limits was said without the other.
    pub fn is_incomplete(&self) -> bool {
        self.rate.is_some() != self.burst.is_some()
    }

    /// This throttle, or the other one where nothing was said.
    pub fn or(&self, other: &Self) -> Self {
        if self.rate.is_some() || self.burst.is_some() { self.clone() } else { other.clone() }
    }
}

/// Requests a second that an account has in a region; adjustable.
///
/// Source: API Gateway Developer Guide, "Quotas": 10,000 requests a second, with a burst of 5,000 (fewer in some regions).
pub const ACCOUNT_RATE: u64 = 10_000;

/// Requests at once that an account has in a region; see [`ACCOUNT_RATE`].
pub const ACCOUNT_BURST: u64 = 5_000;

impl Ir {
    /// What holds for a route in a stage, if anything differs from the stage's own settings.
    ///
    /// The settings of the route in the stage come first, then those of the route, then the stage's, which
    /// hold the defaults already. API Gateway replaces a route's settings as a whole, so they are complete.
    pub fn route_settings(&self, stage: StageId, route: RouteId) -> Option<RouteSettings> {
        let stage = &self.stages[stage];
        let in_stage =
            stage.routes.binary_search_by_key(&route, |it| it.0).ok().map(|at| &stage.routes[at].1);
        let own = self.routes[route].settings.as_deref();
        if in_stage.is_none() && own.is_none() {
            return None;
        }
        let mut out = RouteSettings::default();
        for settings in [in_stage, own, Some(&stage.settings)].into_iter().flatten() {
            out = out.or(settings);
        }
        (!out.is_empty()).then_some(out)
    }
}

/// An access log.
#[derive(Clone, Debug)]
pub struct AccessLog {
    /// Where it was said.
    pub span: Span,
    /// The format.
    pub format: LogFormat,
    /// Where the lines go; otherwise a log group is generated.
    pub destination: Option<Located<Text>>,
    /// How long they are kept.
    pub retention: Located<Retention>,
}

impl AccessLog {
    /// An access log of which nothing is known but that there may be one.
    pub fn unknown(span: Span) -> Self {
        Self {
            span,
            format: LogFormat::Unknown,
            destination: None,
            retention: Spanned::new(Value::unknown(span), span),
        }
    }
}

/// The format of an access log.
#[derive(Clone, Debug)]
pub enum LogFormat {
    /// One of ours, by name: `json`, `clf`, `xml`, `csv`.
    Named(&'static str),
    /// A line as it was written.
    Custom(Name),
    /// Names and variables that become one JSON object.
    Fields(Vec<(Name, Name)>),
    /// A line that only CloudFormation knows: in files that are not ours.
    Unknown,
}

impl LogFormat {
    /// The formats that have a name.
    pub const NAMES: [&'static str; 4] = ["json", "clf", "xml", "csv"];

    /// The line that API Gateway is given, for a kind of API.
    pub fn line(&self, kind: ApiKind) -> String {
        match self {
            Self::Named(name) => match log_format::line(kind, name) {
                Some(it) => it.to_owned(),
                None => json_line(log_format::fields(kind).iter().copied()),
            },
            Self::Custom(it) => it.value.to_string(),
            Self::Unknown => String::new(),
            Self::Fields(it) => json_line(it.iter().map(|(name, it)| (&*name.value, &*it.value))),
        }
    }

    /// Whether each line is one JSON object, or may be one.
    pub fn is_structured(&self) -> bool {
        match self {
            Self::Named(name) => *name == "json",
            Self::Custom(it) => is_object(&it.value),
            Self::Fields(_) | Self::Unknown => true,
        }
    }
}

/// Whether a line is a JSON object once API Gateway has put its values in.
fn is_object(line: &str) -> bool {
    let mut filled = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("$context.") {
        filled.push_str(before);
        // A number stands wherever a text can, and inside one.
        filled.push('0');
        rest = after.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || "._-".contains(it));
    }
    filled.push_str(rest);
    matches!(serde_json::from_str(&filled), Ok(serde_json::Value::Object(_)))
}

fn json_line<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let object: serde_json::Map<_, _> = fields.map(|(name, it)| (name.to_owned(), it.into())).collect();
    serde_json::Value::Object(object).to_string()
}

/// An alarm.
#[derive(Clone, Debug)]
pub struct Alarm {
    /// Where it was written.
    pub span: Span,
    /// What is watched.
    pub metric: Metric,
    /// When it is too much or too little.
    pub test: AlarmTest,
    /// For how long.
    pub period: Duration,
    /// ARNs of SNS topics.
    pub notify: Vec<Located<Text>>,
}

/// What an alarm watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Answers with a status from 400 to 499.
    ClientErrors,
    /// Answers with a status from 500 to 599.
    ServerErrors,
    /// Milliseconds until the answer.
    Latency,
    /// Milliseconds that the backend takes.
    IntegrationLatency,
    /// Requests.
    Count,
}

impl Metric {
    /// The key in the specification.
    pub fn key(self) -> &'static str {
        match self {
            Self::ClientErrors => "4xx",
            Self::ServerErrors => "5xx",
            Self::Latency => "latency",
            Self::IntegrationLatency => "integrationLatency",
            Self::Count => "count",
        }
    }
}

/// When an alarm goes off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AlarmTest {
    /// More than a share or number.
    Above(Threshold),
    /// Fewer than a share or number.
    Below(Threshold),
    /// A statistic (`Average`, `p50`, `p90`, `p95`, `p99`) takes longer than this.
    Slower(&'static str, Duration),
}
