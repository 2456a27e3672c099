//! Logs of stages, as the framework sets them.
//!
//! Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events`: `api-gateway/lib/hack/update-stage.js`,
//! `http-api.js`, `websockets/lib/stage.js`.

use gatewright_ir::{AccessLog, ExecutionLog, LogFormat, LogLevel, Name, Spanned, Throttle, Value};
use gatewright_spec::Raw;

use super::functions::retention;
use super::service::{Service, at, is_false};
use crate::draft::Draft;

/// The line of a REST API where none is given.
pub(super) const REST_FORMAT: &str = "requestId: $context.requestId, ip: $context.identity.sourceIp, \
     caller: $context.identity.caller, user: $context.identity.user, requestTime: $context.requestTime, \
     httpMethod: $context.httpMethod, resourcePath: $context.resourcePath, status: $context.status, \
     protocol: $context.protocol, responseLength: $context.responseLength";

/// The line of an HTTP API where none is given.
pub(super) const HTTP_FORMAT: &str = r#"{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","requestTime":"$context.requestTime","httpMethod":"$context.httpMethod","routeKey":"$context.routeKey","status":"$context.status","protocol":"$context.protocol","responseLength":"$context.responseLength"}"#;

/// The line of a WebSocket API where none is given.
pub(super) const WEBSOCKET_FORMAT: &str = "$context.identity.sourceIp $context.identity.caller \
     $context.identity.user [$context.requestTime] \"$context.eventType $context.routeKey $context.connectionId\" \
     $context.requestId";

/// The logs of a stage.
#[derive(Default)]
pub(super) struct Logs {
    /// A line for each request.
    pub(super) access: Option<AccessLog>,
    /// What API Gateway logs of what it does.
    pub(super) execution: Option<ExecutionLog>,
}

impl Logs {
    /// Takes into account that the stage, a resource that the framework makes, may be extended.
    pub(super) fn extended(&mut self, service: &Service, stage: &str) {
        if let Some(it) = service.extension(stage).and_then(|it| at(it, &["AccessLogSettings"])) {
            self.access = Some(AccessLog::unknown(it.span));
        }
    }
}

/// What stands under `provider.logs` for a kind of API: `true`, or a mapping.
pub(super) fn of(draft: &mut Draft, service: &Service, key: &str, format: &str) -> Logs {
    let Some(it) = service.told(&["logs", key]).filter(|it| !is_false(it)) else {
        return Logs::default();
    };
    let said = |key: &str| at(it, &[key]).is_none_or(|it| !is_false(it));
    let format = match draft.text_of(it, "format") {
        Some(Spanned { value: Value::Known(text), span }) => LogFormat::Custom(Name::new(text, span)),
        Some(_) => LogFormat::Unknown,
        // It may say anything.
        None if it.function().is_some() => LogFormat::Unknown,
        None => LogFormat::Custom(Name::new(format.into(), it.span)),
    };
    let access = said("accessLogging").then(|| AccessLog {
        span: it.span,
        format,
        destination: None,
        retention: retention(service, None, it.span),
    });
    let unknown = || ExecutionLog { span: it.span, level: None, data_trace: None };
    let execution = if it.function().is_some() { unknown() } else { execution(it, &said) };
    let execution = (key != "httpApi").then_some(execution);
    Logs { access, execution }
}

/// Every request is logged with its body where nothing else is said.
fn execution(it: &Raw, said: &dyn Fn(&str) -> bool) -> ExecutionLog {
    let level = match at(it, &["level"]).map(|it| it.as_str()) {
        _ if !said("executionLogging") => Some(LogLevel::Off),
        Some(Some("ERROR")) => Some(LogLevel::Error),
        Some(Some("INFO")) | None => Some(LogLevel::Info),
        Some(_) => None,
    };
    let data = at(it, &["fullExecutionData"]);
    let data_trace = match data {
        // It may be no.
        Some(it) if it.function().is_some() => None,
        Some(it) => Some(Spanned::new(!is_false(it), it.span)),
        None => Some(Spanned::new(true, it.span)),
    };
    ExecutionLog { span: it.span, level, data_trace }
}

/// The throttle that is put into the settings of a stage of an HTTP or WebSocket API.
pub(super) fn throttle(draft: &mut Draft, service: &Service, stage: &str) -> Throttle {
    let settings = service.extension(stage).and_then(|it| at(it, &["DefaultRouteSettings"]));
    let Some(it) = settings else { return Throttle::default() };
    let rate = draft.number_of(it, "ThrottlingRateLimit");
    let burst = draft.integer_of(it, "ThrottlingBurstLimit");
    let span = (rate.is_some() || burst.is_some()).then_some(it.span);
    Throttle { span, rate, burst }
}
