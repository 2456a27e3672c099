//! `AWS::ApiGateway::ApiKey`, `UsagePlan` and `UsagePlanKey`. They belong to every API whose stages a plan names.

use gatewright_ir::{
    ApiKey, ApiKeyId, Generated, Id as _, Period, PlanStage, Quota, StageId, UsagePlan, UsagePlanId,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::super::domains::Stages;
use super::super::{Drafts, Resource, named_api};
use super::Parts;
use super::settings::{key_and_value, stated, throttle};
use crate::draft::{Draft, Reading, is_there};
use crate::written::{sole_hole, written};

/// Reads keys and plans.
pub(super) fn read(
    cx: &Reading<'_>,
    drafts: &mut Drafts,
    parts: &FxHashMap<usize, Parts>,
    all: &[Resource<'_>],
) {
    let mut keys: FxHashMap<String, Vec<Resource<'_>>> = FxHashMap::default();
    let mut api_keys: FxHashMap<&str, Resource<'_>> = FxHashMap::default();
    for it in all {
        match it.of {
            "AWS::ApiGateway::ApiKey" => {
                api_keys.insert(&it.id.value, *it);
            }
            "AWS::ApiGateway::UsagePlanKey" => {
                if let Some(plan) = reference(cx, it.properties.get("UsagePlanId")) {
                    keys.entry(plan).or_default().push(*it);
                }
            }
            _ => {}
        }
    }
    let mut stages: FxHashMap<usize, Stages> = FxHashMap::default();
    for it in all.iter().filter(|it| it.of == "AWS::ApiGateway::UsagePlan") {
        let keys = keys.get(&*it.id.value).map(|it| &it[..]).unwrap_or_default();
        plan(cx, drafts, parts, &mut stages, *it, keys, &api_keys);
    }
    lone_keys(cx, drafts, all);
}

fn reference(cx: &Reading<'_>, it: Option<&Raw>) -> Option<String> {
    let text = written(&cx.scope, it?)?;
    sole_hole(&text).map(|it| it.0.to_owned())
}

/// The stages of a plan, by the API that they are of; and whether some could not be read.
fn plan(
    cx: &Reading<'_>,
    drafts: &mut Drafts,
    parts: &FxHashMap<usize, Parts>,
    stages: &mut FxHashMap<usize, Stages>,
    it: Resource<'_>,
    keys: &[Resource<'_>],
    api_keys: &FxHashMap<&str, Resource<'_>>,
) {
    let mut by_api: Vec<(usize, Vec<PlanStage>, bool)> = Vec::new();
    let listed = it.properties.get("ApiStages").and_then(|it| cx.scope.structure(it));
    let items = match listed.as_deref().map(|it| &it.data) {
        Some(Data::List(items)) => &items[..],
        _ => &[],
    };
    for entry in items {
        let Some(entry) = cx.scope.structure(entry) else { continue };
        let api = entry.get("ApiId").and_then(|it| named_api(cx, it));
        let Some(at) = api.and_then(|api| drafts.by_id.get(&api).copied()) else { continue };
        let draft = &mut drafts.list[at];
        let place = match by_api.iter().position(|it| it.0 == at) {
            Some(place) => place,
            None => {
                by_api.push((at, Vec::new(), false));
                by_api.len() - 1
            }
        };
        let named = entry.get("Stage").and_then(|it| written(&cx.scope, it));
        let stage: Option<StageId> = named.and_then(|it| {
            let stages = stages.entry(at).or_insert_with(|| Stages::of(draft));
            stages.by_text(draft, &it)
        });
        match stage {
            Some(stage) => {
                let routes = throttles(draft, parts.get(&at), &entry);
                by_api[place].1.push(PlanStage { stage, span: entry.span, routes });
            }
            None => by_api[place].2 = true,
        }
    }
    for (at, stages, unknown) in by_api {
        let draft = &mut drafts.list[at];
        add(cx, draft, it, stages, unknown, keys, api_keys);
    }
}

fn throttles(
    draft: &mut Draft,
    parts: Option<&Parts>,
    entry: &Raw,
) -> Vec<(gatewright_ir::RouteId, gatewright_ir::Span, gatewright_ir::Throttle)> {
    let Some(all) = draft.inner(entry, "Throttle") else { return Vec::new() };
    let mut out = Vec::new();
    for (key, it) in draft.entries(&all) {
        let Some((path, method)) = key.value.rsplit_once('/') else { continue };
        let path = if path.is_empty() { "/" } else { path };
        let route = parts.and_then(|it| it.routes.get(&format!("{method} {path}")));
        if let Some(route) = route {
            out.push((*route, key.span, throttle(draft, &it, "RateLimit", "BurstLimit")));
        }
    }
    out
}

fn add(
    cx: &Reading<'_>,
    draft: &mut Draft,
    it: Resource<'_>,
    stages: Vec<PlanStage>,
    stages_unknown: bool,
    keys: &[Resource<'_>],
    api_keys: &FxHashMap<&str, Resource<'_>>,
) {
    let of = it.properties;
    let id = UsagePlanId::from_index(draft.ir.usage_plans.len());
    let mut members = Vec::new();
    let mut keys_unknown = false;
    for (place, key) in keys.iter().enumerate() {
        let named = reference(cx, key.properties.get("KeyId"));
        match named.and_then(|it| api_keys.get(&*it)) {
            Some(found) => {
                let known = draft.ir.api_keys.iter().find(|it| it.1.name.value == found.id.value);
                let key_id = known.map(|it| it.0).unwrap_or_else(|| api_key(draft, *found));
                members.push((key_id, key.id.span));
                draft.called(Generated::UsagePlanKey(id, place), &key.id.value);
            }
            None => keys_unknown = true,
        }
    }
    let throttle = draft.inner(of, "Throttle");
    let quota = draft.inner(of, "Quota").map(|it| Quota {
        span: it.span,
        limit: draft.integer_of(&it, "Limit"),
        period: draft.parsed_of(&it, "Period", period).and_then(stated),
        offset: draft.integer_of(&it, "Offset"),
    });
    let plan = UsagePlan {
        name: it.id.clone(),
        plan_name: draft.text_of(of, "UsagePlanName"),
        description: draft.name_of(of, "Description"),
        throttle: throttle
            .map(|it| self::throttle(draft, &it, "RateLimit", "BurstLimit"))
            .unwrap_or_default(),
        quota,
        stages,
        stages_unknown,
        keys: members,
        keys_unknown,
        tags: key_and_value(draft, of.get("Tags")),
    };
    draft.ir.usage_plans.push(plan);
    draft.called(Generated::UsagePlan(id), &it.id.value);
}

fn period(text: &str) -> Option<Period> {
    match text {
        "DAY" => Some(Period::Day),
        "WEEK" => Some(Period::Week),
        "MONTH" => Some(Period::Month),
        _ => None,
    }
}

fn api_key(draft: &mut Draft, it: Resource<'_>) -> ApiKeyId {
    let of = it.properties;
    let key = ApiKey {
        name: it.id.clone(),
        existing: None,
        key_name: draft.text_of(of, "Name"),
        description: draft.name_of(of, "Description"),
        value: draft.text_of(of, "Value"),
        // CloudFormation makes a key that is not enabled unless it is said.
        enabled: draft.flag_of(of, "Enabled").and_then(stated),
        customer_id: draft.text_of(of, "CustomerId"),
        tags: key_and_value(draft, of.get("Tags")),
    };
    let id = draft.ir.api_keys.push(key);
    draft.called(Generated::ApiKey(id), &it.id.value);
    id
}

/// Keys that name the stages of an API themselves.
fn lone_keys(cx: &Reading<'_>, drafts: &mut Drafts, all: &[Resource<'_>]) {
    for it in all.iter().filter(|it| it.of == "AWS::ApiGateway::ApiKey") {
        let Some(Data::List(stages)) = it.properties.get("StageKeys").map(|it| &it.data) else { continue };
        let mut apis: Vec<usize> = Vec::new();
        for stage in stages.iter().filter(|it| is_there(it)) {
            let api = stage.get("RestApiId").and_then(|it| named_api(cx, it));
            apis.extend(api.and_then(|api| drafts.by_id.get(&api).copied()));
        }
        apis.sort_unstable();
        apis.dedup();
        for at in apis {
            let draft = &mut drafts.list[at];
            // Such keys get their plan from what is not in the template.
            draft.ir.api.usage_plans_unknown = true;
            if !draft.ir.api_keys.values().any(|known| known.name.value == it.id.value) {
                api_key(draft, *it);
            }
        }
    }
}
