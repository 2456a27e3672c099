//! `AWS::ApiGatewayV2::Stage`.

use gatewright_ir::{
    AccessLog, ClientCertificate, ExecutionLog, Generated, Id as _, LogFormat, LogLevel, Name, RouteId,
    RouteSettings, Spanned, Stage, StageId, Text, Throttle, Value,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::super::Resource;
use super::Parts;
use crate::draft::{Draft, Reading, is_there, known_text};
use crate::written::{sole_hole, written};

/// Reads a stage.
pub(super) fn stage(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let of = it.properties;
    let id = StageId::from_index(draft.ir.stages.len());
    let name = draft.name(Generated::Stage(id), of.get("StageName"), it.id);
    let stage = Stage {
        description: draft.name_of(of, "Description"),
        client_certificate: client_certificate(cx, draft, id, of),
        tags: draft.pairs_of(of, "Tags"),
        ..with_settings(draft, parts, of, Stage::new(name))
    };
    draft.ir.stages.push(stage);
    draft.called(Generated::Stage(id), &it.id.value);
}

/// What a stage says that an override can say, too.
pub(super) fn with_settings(draft: &mut Draft, parts: &Parts, of: &Raw, stage: Stage) -> Stage {
    let variables = draft.inner(of, "StageVariables");
    let settings = draft.inner(of, "DefaultRouteSettings");
    let of_routes = draft.inner(of, "RouteSettings");
    let settings_unknown = [&settings, &of_routes].into_iter().flatten().any(|it| it.function().is_some());
    // What is not known is most often a parameter that turns it on.
    let auto_deploy = draft.flag_of(of, "AutoDeploy").map(|it| it.value.known() != Some(&false));
    Stage {
        variables_unknown: variables.as_ref().is_some_and(|it| it.function().is_some()),
        variables: variables.map(|it| draft.pairs(&it)).unwrap_or_default(),
        auto_deploy: auto_deploy.unwrap_or(stage.auto_deploy),
        settings_unknown,
        settings: settings.map(|it| route_settings(draft, &it)).unwrap_or_default(),
        routes: of_routes.map(|it| routes(draft, parts, &it)).unwrap_or_default(),
        access_log: access_log(draft, of, "AccessLogSettings"),
        ..stage
    }
}

/// Settings of single routes, by their keys.
fn routes(draft: &mut Draft, parts: &Parts, all: &Raw) -> Vec<(gatewright_ir::RouteId, RouteSettings)> {
    // Those of a definition, or of what else stands for one, are no parts.
    let keys: FxHashMap<Text, RouteId> =
        draft.ir.routes.iter().map(|(id, it)| (it.key.value.as_str().into(), id)).collect();
    let mut out = Vec::new();
    for (key, it) in draft.entries(all) {
        if let Some(id) = parts.keys.get(&key.value).or_else(|| keys.get(&key.value)) {
            out.push((*id, route_settings(draft, &it)));
        }
    }
    out.sort_by_key(|it| it.0);
    out
}

fn route_settings(draft: &mut Draft, it: &Raw) -> RouteSettings {
    let throttle = Throttle {
        span: Some(it.span),
        rate: draft.number_of(it, "ThrottlingRateLimit"),
        burst: draft.integer_of(it, "ThrottlingBurstLimit"),
    };
    let is_said = throttle.rate.is_some() || throttle.burst.is_some();
    let data_trace = draft.flag_of(it, "DataTraceEnabled");
    let data_trace = data_trace.and_then(|it| Some(Spanned::new(*it.value.known()?, it.span)));
    let execution_log = execution_log(draft, it, data_trace);
    RouteSettings {
        throttle: if is_said { throttle } else { Throttle::default() },
        detailed_metrics: draft.flag_of(it, "DetailedMetricsEnabled"),
        cache: None,
        execution_log,
    }
}

/// What is logged of what API Gateway does, as settings of methods and routes say it.
pub(in super::super) fn execution_log(
    draft: &mut Draft,
    it: &Raw,
    data_trace: Option<Spanned<bool>>,
) -> Option<ExecutionLog> {
    let level = draft.parsed_of(it, "LoggingLevel", log_level)?;
    Some(ExecutionLog { span: level.span, level: level.value.known().copied(), data_trace })
}

/// How much is logged, by the word for it.
fn log_level(text: &str) -> Option<LogLevel> {
    match text {
        // Plain `OFF` is a boolean in YAML 1.1.
        "OFF" | "false" => Some(LogLevel::Off),
        "ERROR" => Some(LogLevel::Error),
        "INFO" => Some(LogLevel::Info),
        _ => None,
    }
}

/// The access log under a key.
pub(in super::super) fn access_log(draft: &mut Draft, of: &Raw, key: &str) -> Option<AccessLog> {
    let it = draft.inner(of, key).filter(is_there)?;
    if it.function().is_some() {
        return Some(AccessLog::unknown(it.span));
    }
    let format = match draft.text_of(&it, "Format") {
        Some(Spanned { value: Value::Known(text), span }) => {
            let kind = draft.ir.api.kind;
            let named = LogFormat::NAMES.into_iter().find(|it| LogFormat::Named(it).line(kind) == *text);
            named.map_or_else(|| LogFormat::Custom(Spanned::new(text, span)), LogFormat::Named)
        }
        _ => it.get("Format").and_then(|it| json(draft, it)).unwrap_or(LogFormat::Unknown),
    };
    Some(AccessLog {
        span: it.span,
        format,
        destination: draft.text_of(&it, "DestinationArn"),
        // Known where the log group is one of the template.
        retention: Spanned::new(Value::unknown(it.span), it.span),
    })
}

/// A format that CloudFormation makes one line of: `Fn::ToJsonString`.
fn json(draft: &mut Draft, format: &Raw) -> Option<LogFormat> {
    let it = format.function().filter(|it| it.0 == "Fn::ToJsonString")?.1;
    let is_flat = |it: &(Name, Raw)| it.1.as_str().is_some();
    match &it.data {
        Data::Map(fields) if fields.iter().all(is_flat) => {
            let field = |it: &(Name, Raw)| Some((it.0.clone(), known_text(draft.text(&it.1))?));
            fields.iter().map(field).collect::<Option<_>>().map(LogFormat::Fields)
        }
        Data::Map(_) if !has_functions(it) => {
            Some(LogFormat::Custom(Spanned::new(it.to_json().to_string().into(), it.span)))
        }
        _ => None,
    }
}

/// Whether something in a value is known only to CloudFormation.
fn has_functions(it: &Raw) -> bool {
    match &it.data {
        Data::Map(entries) => it.function().is_some() || entries.iter().any(|it| has_functions(&it.1)),
        Data::List(items) => items.iter().any(has_functions),
        _ => false,
    }
}

/// The certificate that backends are shown.
pub(in super::super) fn client_certificate(
    cx: &Reading<'_>,
    draft: &mut Draft,
    stage: StageId,
    of: &Raw,
) -> Option<ClientCertificate> {
    let it = of.get("ClientCertificateId").filter(|it| is_there(it))?;
    let text = written(&cx.scope, it);
    if let Some((name, None | Some("ClientCertificateId"))) = text.as_deref().and_then(sole_hole)
        && cx.scope.resource(name).is_some_and(|it| it.0 == "AWS::ApiGateway::ClientCertificate")
    {
        draft.called(Generated::ClientCertificate(stage), &name.into());
        return Some(ClientCertificate::Created(it.span));
    }
    Some(ClientCertificate::Existing(draft.text(it)))
}
