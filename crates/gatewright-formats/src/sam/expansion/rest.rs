//! REST APIs: the API, its deployment and stage, and the usage plan of `Auth`.

use gatewright_ir::Name;
use gatewright_spec::{Data, Raw};

use super::{Api, Shared, domains};
use crate::sam::made::{Properties, list, map, reference, tags, text};

/// The resources that stand for an API.
pub(super) fn resources(api: &Api<'_>, shared: &mut Shared) -> Vec<(Name, Raw)> {
    let (properties, id, condition) = (&api.properties, &*api.id.value, api.condition);
    let span = properties.span;
    let name = properties.get("Name").cloned().or_else(|| api.title());
    let rest = Properties::new(span)
        .with_some("Name", name)
        .same(
            properties,
            &[
                "Description",
                "BinaryMediaTypes",
                "MinimumCompressionSize",
                "ApiKeySourceType",
                "DisableExecuteApiEndpoint",
                "Policy",
                "SecurityPolicy",
                "EndpointAccessMode",
                "FailOnWarnings",
                "Mode",
            ],
        )
        .with_some("EndpointConfiguration", properties.get("EndpointConfiguration").map(endpoint));
    let deployment = Properties::new(span).with("RestApiId", reference(id, api.id.span));
    let deployment_id = format!("{id}Deployment");
    let stage = Properties::new(span)
        .with("RestApiId", reference(id, api.id.span))
        .with("DeploymentId", reference(&deployment_id, api.id.span))
        .with("StageName", api.stage_name())
        .same(
            properties,
            &[
                "CacheClusterEnabled",
                "CacheClusterSize",
                "Variables",
                "MethodSettings",
                "AccessLogSetting",
                "CanarySetting",
                "TracingEnabled",
            ],
        )
        .with_some("Tags", tags(properties));
    let made = |id: &str, it: Raw| (Name::new(id.into(), api.id.span), it);
    let mut out = vec![
        (api.id.clone(), rest.resource("AWS::ApiGateway::RestApi", condition)),
        made(&deployment_id, deployment.resource("AWS::ApiGateway::Deployment", condition)),
        made(&api.stage_id(), stage.resource("AWS::ApiGateway::Stage", condition)),
    ];
    domains::rest(api, shared);
    if let Some(plan) = plan_of(api) {
        let stage = plan_stage(api);
        if shares_plan(api) {
            let (stages, all) = shared.plan.get_or_insert_with(|| (Vec::new(), plan.clone()));
            stages.push(stage);
            *all = plan.clone();
        } else if creates(plan) == Some("PER_API") {
            let stages = list(stage.span, vec![stage]);
            out.extend(plan_resources(id, plan, stages, condition));
        }
    }
    out
}

/// How an API is reached: a type alone, or a mapping with the type.
fn endpoint(it: &Raw) -> Raw {
    match it.get("Type") {
        Some(of) => Properties::new(it.span)
            .with("Types", list(of.span, vec![of.clone()]))
            .renamed(it, "VPCEndpointIds", "VpcEndpointIds")
            .same(it, &["VpcEndpointIds", "IpAddressType"])
            .mapping(),
        None => map(it.span, [("Types", list(it.span, vec![it.clone()]))]),
    }
}

/// What is said of the usage plan.
fn plan_of<'a>(api: &'a Api<'_>) -> Option<&'a Raw> {
    api.properties.get("Auth")?.get("UsagePlan").filter(|it| matches!(it.data, Data::Map(_)))
}

fn creates(plan: &Raw) -> Option<&str> {
    plan.get("CreateUsagePlan")?.as_str()
}

/// Whether an API is in the usage plan that all share.
pub(super) fn shares_plan(api: &Api<'_>) -> bool {
    plan_of(api).and_then(creates) == Some("SHARED")
}

fn plan_stage(api: &Api<'_>) -> Raw {
    let span = api.id.span;
    map(span, [("ApiId", reference(&api.id.value, span)), ("Stage", reference(&api.stage_id(), span))])
}

/// The usage plan that all APIs share, if any does.
pub(super) fn shared_plan(shared: &mut Shared) {
    if let Some((stages, plan)) = shared.plan.take() {
        let stages = list(plan.span, stages);
        for (id, it) in plan_resources("Serverless", &plan, stages, None) {
            shared.add(id.value, it);
        }
    }
}

/// A usage plan, its key, and the key's place in it.
fn plan_resources(prefix: &str, plan: &Raw, stages: Raw, condition: Option<&Raw>) -> Vec<(Name, Raw)> {
    let span = plan.span;
    let [plan_id, key_id, place_id] =
        ["UsagePlan", "ApiKey", "UsagePlanKey"].map(|it| format!("{prefix}{it}"));
    let made = |id: &str, it: Properties, of: &str| (Name::new(id.into(), span), it.resource(of, condition));
    let keys = match &stages.data {
        Data::List(items) => items
            .iter()
            .map(|it| Properties::new(span).renamed(it, "ApiId", "RestApiId"))
            .zip(items)
            .map(|(key, it)| key.renamed(it, "Stage", "StageName").mapping())
            .collect(),
        _ => Vec::new(),
    };
    let usage_plan = Properties::new(span)
        .with("ApiStages", stages)
        .same(plan, &["UsagePlanName", "Description", "Quota", "Throttle", "Tags"]);
    let key = Properties::new(span)
        .with("Enabled", Raw { span, data: Data::Bool(true) })
        .with("StageKeys", list(span, keys));
    let place = Properties::new(span)
        .with("KeyId", reference(&key_id, span))
        .with("KeyType", text("API_KEY", span))
        .with("UsagePlanId", reference(&plan_id, span));
    vec![
        made(&plan_id, usage_plan, "AWS::ApiGateway::UsagePlan"),
        made(&key_id, key, "AWS::ApiGateway::ApiKey"),
        made(&place_id, place, "AWS::ApiGateway::UsagePlanKey"),
    ]
}
