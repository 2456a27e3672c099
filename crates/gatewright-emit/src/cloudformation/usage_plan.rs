//! `AWS::ApiGateway::UsagePlan`, with the keys that have it.

use gatewright_ir::{
    ACCOUNT_BURST, ACCOUNT_RATE, Generated, Ir, Period, PlanStage, RouteId, Throttle, UsagePlan,
};

use super::api_key;
use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::reference;
use crate::object::{Object, json, number, tag_list, tags, text};

/// Adds API keys, usage plans, and which key has which plan.
pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    api_key::emit(cx, template);
    for (id, it) in cx.ir.usage_plans.iter() {
        if !belongs(cx, it) {
            continue;
        }
        let plan = cx.id(Generated::UsagePlan(id));
        template.add(&plan, "AWS::ApiGateway::UsagePlan", properties(cx, it));
        for (at, (key, _)) in it.keys.iter().enumerate() {
            let properties = Object::new()
                .set("KeyId", api_key::id_of(cx, *key))
                .set("KeyType", "API_KEY")
                .set("UsagePlanId", reference(&plan));
            let id = cx.id(Generated::UsagePlanKey(id, at));
            template.add(&id, "AWS::ApiGateway::UsagePlanKey", properties);
        }
    }
}

/// Whether a plan is wanted: in a stack of one stage, one for other stages is not.
pub(super) fn belongs(cx: &Bindings<'_>, plan: &UsagePlan) -> bool {
    plan.stages.is_empty() || plan.stages.iter().any(|it| cx.stages.contains(&it.stage))
}

fn properties(cx: &Bindings<'_>, it: &UsagePlan) -> Object {
    let name = match &it.plan_name {
        Some(it) => text(it),
        None => format!("{}-{}", cx.ir.api.name.value, it.name.value).into(),
    };
    let quota = it.quota.as_ref().and_then(|it| {
        let period = match it.period?.value {
            Period::Day => "DAY",
            Period::Week => "WEEK",
            Period::Month => "MONTH",
        };
        let limit = json(it.limit.as_ref()?, |it| (*it).into());
        let offset = it.offset.as_ref().map(|it| json(it, |it| (*it).into()));
        Some(Object::new().set("Limit", limit).set("Period", period).maybe("Offset", offset))
    });
    let stages = it.stages.iter().filter(|it| cx.stages.contains(&it.stage));
    let stages: Vec<Object> = stages.map(|it| stage(cx, it)).collect();
    Object::new()
        .set("UsagePlanName", name)
        .maybe("Description", it.description.as_ref().map(|it| &*it.value))
        .list("ApiStages", stages)
        .object("Throttle", throttle(&it.throttle))
        .maybe("Quota", quota)
        .list("Tags", tag_list(tags(&cx.ir.api.tags, &it.tags)))
}

fn stage(cx: &Bindings<'_>, it: &PlanStage) -> Object {
    let routes = it
        .routes
        .iter()
        .filter_map(|(route, _, it)| Some((throttle_key(cx.ir, *route)?, throttle(it).into())));
    Object::new()
        .set("ApiId", reference(&cx.id(Generated::Api)))
        .set("Stage", reference(&cx.id(Generated::Stage(it.stage))))
        .object("Throttle", routes.collect())
}

/// The method that a throttle is for: `/orders/GET`, at the root `//GET`. Routes of WebSocket APIs have none.
///
/// Source: CloudFormation Template Reference, `AWS::ApiGateway::UsagePlan ApiStage`: `Throttle`.
fn throttle_key(ir: &Ir, id: RouteId) -> Option<String> {
    let key = &ir.routes[id].key.value;
    Some(format!("{}/{}", key.path()?, key.method()?.as_str()))
}

/// Both limits: what holds where only one is given is not documented.
fn throttle(it: &Throttle) -> Object {
    let given = it.rate.is_some() || it.burst.is_some();
    let burst = it.burst.as_ref().map(|it| json(it, |it| (*it).into()));
    let rate = it.rate.as_ref().map(|it| json(it, |it| number(*it)));
    Object::new()
        .maybe("BurstLimit", burst.or_else(|| given.then(|| ACCOUNT_BURST.into())))
        .maybe("RateLimit", rate.or_else(|| given.then(|| ACCOUNT_RATE.into())))
}
