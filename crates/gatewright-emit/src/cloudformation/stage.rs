//! `AWS::ApiGatewayV2::Stage`, and the log group of its access log.

use gatewright_ir::{
    ACCOUNT_BURST, ACCOUNT_RATE, AccessLog, ApiKind, Generated, LogLevel, RouteSettings, Stage, StageId,
};
use serde_json::Value;

use super::template::Template;
use super::{Context, Layout, account, client_certificate, deployment, log_group};
use crate::intrinsic::{Text, function, reference};
use crate::object::{Object, flag, json, number, pairs, tags, text};

pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>) {
    let mut deployments = deployment::Deployments::default();
    for id in &cx.bindings.stages {
        let stage = &cx.bindings.ir.stages[*id];
        let deployment = (!stage.auto_deploy).then(|| deployments.emit(cx, template, *id));
        emit_stage(cx, template, *id, stage, deployment);
        emit_log_group(cx, template, *id, stage);
    }
}

fn emit_stage(
    cx: &Context<'_>,
    template: &mut Template<'_>,
    id: StageId,
    stage: &Stage,
    deployment: Option<String>,
) {
    let ir = cx.bindings.ir;
    let mut settings = Object::new();
    let mut needed = Vec::new();
    for route in cx.bindings.routes.iter().map(|it| &it.0).chain(&cx.bindings.idle) {
        if let Some(it) = ir.route_settings(id, *route) {
            settings = settings.set(ir.routes[*route].key.value.as_str(), route_settings(&it));
            needed.push(Value::from(cx.bindings.id(Generated::Route(*route))));
        }
    }
    // API Gateway refuses settings of a route that is not there yet. A deployment waits for all routes already.
    if cx.options.layout == Layout::Body || deployment.is_some() {
        needed.clear();
    }
    needed.extend(account::needed_by(&cx.bindings, id).map(Value::from));
    let attributes = Object::new().list("DependsOn", needed);
    let properties = Object::new()
        .set("ApiId", reference(&cx.bindings.id(Generated::Api)))
        .set("StageName", &*stage.name.value)
        .maybe("Description", stage.description.as_ref().map(|it| &*it.value))
        .maybe("AutoDeploy", (ir.api.kind == ApiKind::Http).then_some(stage.auto_deploy))
        .maybe("DeploymentId", deployment.map(|it| reference(&it)))
        .object("StageVariables", pairs(&stage.variables))
        .object("DefaultRouteSettings", route_settings(&stage.settings))
        .object("RouteSettings", settings)
        .maybe("AccessLogSettings", stage.access_log.as_ref().map(|it| access_log(cx, id, it)))
        .maybe("ClientCertificateId", client_certificate::of(&cx.bindings, id))
        .object("Tags", tags(&ir.api.tags, &stage.tags));
    template.add_with(
        &cx.bindings.id(Generated::Stage(id)),
        "AWS::ApiGatewayV2::Stage",
        attributes,
        properties,
    );
}

/// Settings as a whole: where one limit is written, the other falls back to the account's, not to the stage's. Both
/// are written, so that one sees what holds.
fn route_settings(it: &RouteSettings) -> Object {
    let throttle = &it.throttle;
    let given = throttle.rate.is_some() || throttle.burst.is_some();
    let burst = throttle.burst.as_ref().map(|it| json(it, |it| (*it).into()));
    let rate = throttle.rate.as_ref().map(|it| json(it, |it| number(*it)));
    let log = it.execution_log;
    Object::new()
        .maybe("LoggingLevel", log.and_then(|it| it.level).map(log_level))
        // Headers and bodies are logged only where that was asked for.
        .maybe("DataTraceEnabled", log.map(|it| it.data_trace.is_some_and(|it| it.value)))
        .maybe("DetailedMetricsEnabled", it.detailed_metrics.as_ref().map(flag))
        .maybe("ThrottlingBurstLimit", burst.or_else(|| given.then(|| ACCOUNT_BURST.into())))
        .maybe("ThrottlingRateLimit", rate.or_else(|| given.then(|| ACCOUNT_RATE.into())))
}

/// API Gateway's word for how much is logged.
pub(super) fn log_level(it: LogLevel) -> &'static str {
    match it {
        LogLevel::Off => "OFF",
        LogLevel::Error => "ERROR",
        LogLevel::Info => "INFO",
    }
}

/// Where the lines of an access log go, and what they look like.
pub(super) fn access_log(cx: &Context<'_>, id: StageId, log: &AccessLog) -> Object {
    let destination = match &log.destination {
        None => log_group_arn(&cx.bindings.id(Generated::StageLogGroup(id))),
        Some(it) => strict(cx, text(it)),
    };
    Object::new().set("DestinationArn", destination).set("Format", log.format.line(cx.bindings.ir.api.kind))
}

/// The ARN of a log group without the `:*` that `!GetAtt` adds: API Gateway drops it, which shows as drift.
fn log_group_arn(id: &str) -> Value {
    let arn = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:";
    Text::new(arn).id(id).finish()
}

fn strict(cx: &Context<'_>, destination: Value) -> Value {
    match (&destination, function(&destination)) {
        (Value::String(it), _) => it.strip_suffix(":*").unwrap_or(it).into(),
        (_, Some(("Fn::GetAtt", Value::Array(parts)))) => {
            let id = parts.first().and_then(Value::as_str).unwrap_or_default();
            let resources = &cx.bindings.ir.template.resources;
            let kind =
                resources.iter().find(|it| &*it.0.value == id).and_then(|it| it.1.get("Type")?.as_str());
            if kind == Some("AWS::Logs::LogGroup") { log_group_arn(id) } else { destination }
        }
        _ => destination,
    }
}

/// Adds the log group of a stage's access log, unless the log goes elsewhere.
pub(super) fn emit_log_group(cx: &Context<'_>, template: &mut Template<'_>, id: StageId, stage: &Stage) {
    let Some(log) = stage.access_log.as_ref().filter(|it| it.destination.is_none()) else { return };
    let name = match &*stage.name.value {
        "$default" => "default",
        it => it,
    };
    // Below this prefix, log groups don't fill up the account's policy for log delivery.
    let name = Text::new("/aws/vendedlogs/apigateway/${AWS::StackName}/").literal(name).finish();
    let tags = tags(&cx.bindings.ir.api.tags, &stage.tags);
    log_group::emit(template, &cx.bindings.id(Generated::StageLogGroup(id)), name, &log.retention, tags);
}
