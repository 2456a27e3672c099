//! `AWS::ApiGateway::Stage`, and the log group of its access log.

use gatewright_ir::{ACCOUNT_BURST, ACCOUNT_RATE, Canary, Generated, RouteSettings, Size, Stage, StageId};
use serde_json::Value;

use super::api;
use crate::artifact::Note;
use crate::binding::Bindings;
use crate::cloudformation::stage::log_level;
use crate::cloudformation::template::Template;
use crate::cloudformation::{Context, account, client_certificate, deployment, documentation, stage};
use crate::intrinsic::reference;
use crate::object::{Object, flag, json, number, pairs, tag_list, tags};

pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>) {
    let mut deployments = deployment::Deployments::default();
    for id in &cx.bindings.stages {
        let stage = &cx.bindings.ir.stages[*id];
        let latest = deployments.emit(cx, template, *id);
        let waits = deployments.waits();
        let served = stage.canary.as_ref().and_then(|it| kept(cx, template, *id, it, &latest, waits));
        emit_stage(cx, template, *id, stage, served.as_deref().unwrap_or(&latest), &latest);
        stage::emit_log_group(cx, template, *id, stage);
    }
}

/// The deployment that requests outside of a canary keep. CloudFormation made it before, and keeps it as long as the
/// template has a resource of that name.
fn kept(
    cx: &Context<'_>,
    template: &mut Template<'_>,
    stage: StageId,
    canary: &Canary,
    latest: &str,
    waits: &[String],
) -> Option<String> {
    let base = cx.bindings.id(Generated::Stage(stage)) + "Deployment";
    let Some(digest) = &canary.stable else {
        if canary.variables.is_empty() {
            template.notes.push(Note::new(format!(
                "stage `{}`: the canary gets the same deployment as the rest; once this is deployed, `stable: {}` under \
                 `canary` lets only the canary have what changes next",
                cx.bindings.stage_name(stage),
                latest.strip_prefix(&*base).unwrap_or(latest)
            )));
        }
        return None;
    };
    let id = format!("{base}{}", digest.value);
    if id != latest {
        let attributes = Object::new().list("DependsOn", waits);
        let properties = Object::new().set("RestApiId", api(&cx.bindings));
        template.add_with(&id, "AWS::ApiGateway::Deployment", attributes, properties);
    }
    Some(id)
}

/// `served` is the deployment of the stage, `latest` the one of its canary.
fn emit_stage(
    cx: &Context<'_>,
    template: &mut Template<'_>,
    id: StageId,
    stage: &Stage,
    served: &str,
    latest: &str,
) {
    let bindings = &cx.bindings;
    let settings = method_settings(bindings, id, stage);
    let cluster = stage.cache.as_ref();
    let properties = Object::new()
        .set("RestApiId", api(bindings))
        .set("StageName", &*stage.name.value)
        .maybe("Description", stage.description.as_ref().map(|it| &*it.value))
        .set("DeploymentId", reference(served))
        .object("Variables", pairs(&stage.variables))
        .list("MethodSettings", settings)
        .maybe("CacheClusterEnabled", cluster.map(|_| true))
        .maybe("CacheClusterSize", cluster.and_then(|it| it.size).map(|it| gigabytes(it.value)))
        .maybe("TracingEnabled", stage.tracing.as_ref().map(flag))
        .maybe("AccessLogSetting", stage.access_log.as_ref().map(|it| stage::access_log(cx, id, it)))
        .maybe("CanarySetting", stage.canary.as_ref().map(|it| canary(it, latest)))
        .maybe("ClientCertificateId", client_certificate::of(bindings, id))
        .maybe("DocumentationVersion", stage.documentation_version.as_ref().map(|it| &*it.value))
        .list("Tags", tag_list(tags(&bindings.ir.api.tags, &stage.tags)));
    let needed = account::needed_by(bindings, id).into_iter().chain(documentation::needed_by(bindings, id));
    let needed: Vec<Value> = needed.map(Value::from).collect();
    let attributes = Object::new().list("DependsOn", needed);
    template.add_with(&bindings.id(Generated::Stage(id)), "AWS::ApiGateway::Stage", attributes, properties);
}

/// The settings of all methods, and those of single ones, which replace them as a whole.
fn method_settings(cx: &Bindings<'_>, id: StageId, stage: &Stage) -> Vec<Value> {
    let of_all = settings(stage, &stage.settings, false);
    let mut out = Vec::new();
    if !of_all.is_empty() {
        out.push(entry("/*", "*", of_all.clone()));
    }
    for (route, _) in &cx.routes {
        let Some(of_route) = cx.ir.route_settings(id, *route) else { continue };
        let own = settings(stage, &of_route, true);
        if own.is_empty() || Value::from(own.clone()) == Value::from(of_all.clone()) {
            continue;
        }
        let key = &cx.ir.routes[*route].key.value;
        let method = key.method().map_or("ANY", |it| it.as_str());
        out.push(entry(&resource_path(key.path().unwrap_or("/")), method, own));
    }
    out
}

fn entry(path: &str, method: &str, settings: Object) -> Value {
    let key = Object::new().set("ResourcePath", path).set("HttpMethod", method);
    key.into_map().into_iter().chain(settings.into_map()).collect::<Object>().into()
}

/// A path in the key of settings: `/orders/{id}` is `/~1orders~1{id}`, and the root is `/`.
///
/// Source: CloudFormation Template Reference, `AWS::ApiGateway::Stage MethodSetting`.
fn resource_path(path: &str) -> String {
    if path == "/" { path.to_owned() } else { format!("/{}", path.replace('/', "~1")) }
}

/// Settings as a whole. Where one limit is written, the other falls back to the account's, so both are. Of a stage with
/// a cache, only routes that ask for it are cached.
fn settings(stage: &Stage, it: &RouteSettings, of_route: bool) -> Object {
    let throttle = &it.throttle;
    let given = throttle.rate.is_some() || throttle.burst.is_some();
    let burst = throttle.burst.as_ref().map(|it| json(it, |it| (*it).into()));
    let rate = throttle.rate.as_ref().map(|it| json(it, |it| number(*it)));
    let cached = it.cache.as_ref().filter(|it| it.enabled && of_route).zip(stage.cache.as_ref());
    let ttl = cached.and_then(|(own, cluster)| own.ttl.as_ref().or(cluster.ttl.as_ref()));
    Object::new()
        .maybe("LoggingLevel", it.execution_log.and_then(|it| it.level).map(log_level))
        .maybe("DataTraceEnabled", it.execution_log.map(|it| it.data_trace.is_some_and(|it| it.value)))
        .maybe("MetricsEnabled", it.detailed_metrics.as_ref().map(flag))
        .maybe("ThrottlingBurstLimit", burst.or_else(|| given.then(|| ACCOUNT_BURST.into())))
        .maybe("ThrottlingRateLimit", rate.or_else(|| given.then(|| ACCOUNT_RATE.into())))
        .maybe("CachingEnabled", stage.cache.as_ref().map(|_| cached.is_some()))
        .maybe("CacheTtlInSeconds", ttl.map(|it| json(it, |it| it.as_seconds().into())))
        .maybe(
            "CacheDataEncrypted",
            cached.map(|(own, cluster)| flag(own.encrypted.as_ref().unwrap_or(&cluster.encrypted))),
        )
}

/// The size of a cache as API Gateway writes it: `0.5`, `13.5`, `118`.
fn gigabytes(it: Size) -> String {
    number(it.bytes as f64 / 1e9).to_string()
}

fn canary(it: &Canary, deployment: &str) -> Object {
    Object::new()
        .set("DeploymentId", reference(deployment))
        .maybe("PercentTraffic", it.percent.as_ref().map(|it| json(it, |it| number(*it))))
        .object("StageVariableOverrides", pairs(&it.variables))
        .set("UseStageCache", it.stage_cache)
}
