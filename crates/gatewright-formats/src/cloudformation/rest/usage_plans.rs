//! `AWS::ApiGateway::UsagePlan`, `AWS::ApiGateway::UsagePlanKey` and `AWS::ApiGateway::ApiKey`. A plan belongs to every
//! API that it names, and a key to those of its plans.

use gatewright_ir::{
    ApiKey, ApiKeyId, ApiKind, Generated, Located, Name, Period, PlanStage, Quota, Route, RouteId, Spanned,
    Text, Throttle, UsagePlan, UsagePlanId,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::super::domains::Stages;
use super::super::{Drafts, Resource, named_api, tags};
use crate::draft::{Draft, Reading, flag, is_there};
use crate::written::{sole_hole, written};

/// What is known of an API while plans are read.
struct Known {
    /// Keys by what names them.
    keys: FxHashMap<String, ApiKeyId>,
    /// Routes by their keys.
    routes: FxHashMap<Text, RouteId>,
    /// Its stages.
    stages: Stages,
}

/// A plan of the template.
struct Plan<'r> {
    resource: Resource<'r>,
    /// The APIs that it names, in its order, and what it says of their stages.
    apis: Vec<(usize, Vec<Raw>)>,
    /// Its keys, and the resources that give them to it.
    keys: Vec<Resource<'r>>,
}

/// Reads them.
pub(super) fn read(cx: &Reading<'_>, drafts: &mut Drafts, all: &[Resource<'_>]) {
    let plans = plans(cx, drafts, all);
    let mut known: FxHashMap<usize, Known> = FxHashMap::default();
    for (at, _) in plans.iter().flat_map(|it| &it.apis) {
        known.entry(*at).or_insert_with(|| Known::of(&drafts.list[*at]));
    }
    // Keys of the template, in its order.
    let mut users: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for plan in &plans {
        for key in plan.keys.iter().filter_map(|it| key_of(cx, *it)) {
            users.entry(key.1).or_default().extend(plan.apis.iter().map(|it| it.0));
        }
    }
    for it in all.iter().filter(|it| it.of == "AWS::ApiGateway::ApiKey") {
        let mut of: Vec<usize> =
            names_of(*it).iter().filter_map(|it| users.get(it)).flatten().copied().collect();
        if of.is_empty() {
            of = apis_of(cx, drafts, it.properties);
            // It gets its plan from what is not in the template.
            of.iter().for_each(|at| drafts.list[*at].ir.api.usage_plans_unknown = true);
        }
        for at in of {
            let draft = &mut drafts.list[at];
            known.entry(at).or_insert_with(|| Known::of(draft)).created(draft, *it);
        }
    }
    for plan in plans {
        for (at, stages) in &plan.apis {
            let (draft, Some(known)) = (&mut drafts.list[*at], known.get_mut(at)) else { continue };
            let id = self::plan(cx, draft, known, plan.resource, stages);
            plan.keys.iter().for_each(|it| key(cx, draft, known, (id, *it)));
        }
    }
}

/// The plans of a template.
fn plans<'r>(cx: &Reading<'_>, drafts: &mut Drafts, all: &[Resource<'r>]) -> Vec<Plan<'r>> {
    let mut keys: FxHashMap<String, Vec<Resource<'r>>> = FxHashMap::default();
    for it in all.iter().filter(|it| it.of == "AWS::ApiGateway::UsagePlanKey") {
        let plan = it.properties.get("UsagePlanId").and_then(|it| written(&cx.scope, it));
        if let Some((plan, None | Some("Id"))) = plan.as_deref().and_then(sole_hole) {
            keys.entry(plan.to_owned()).or_default().push(*it);
        }
    }
    let mut out = Vec::new();
    for it in all.iter().filter(|it| it.of == "AWS::ApiGateway::UsagePlan") {
        let (stages, is_open) = stages(cx, it.properties);
        if is_open {
            // It may be for any of them.
            drafts.list.iter_mut().for_each(|it| it.ir.api.usage_plans_unknown = true);
        }
        let mut apis: Vec<(usize, Vec<Raw>)> = Vec::new();
        let mut places: FxHashMap<usize, usize> = FxHashMap::default();
        for stage in stages {
            let at = stage.get("ApiId").and_then(|id| drafts.named(cx, ApiKind::Rest, id));
            let Some(at) = at else { continue };
            let place = *places.entry(at).or_insert(apis.len());
            match apis.get_mut(place) {
                Some(of) => of.1.push(stage),
                None => apis.push((at, vec![stage])),
            }
        }
        let keys = keys.remove(&*it.id.value).unwrap_or_default();
        out.push(Plan { resource: *it, apis, keys });
    }
    out
}

/// The texts that name a key of the template.
fn names_of(it: Resource<'_>) -> [String; 2] {
    [format!("${{{}}}", it.id.value), format!("${{{}.APIKeyId}}", it.id.value)]
}

/// The APIs of the template whose stages a key names itself.
fn apis_of(cx: &Reading<'_>, drafts: &Drafts, of: &Raw) -> Vec<usize> {
    let Some(stages) = of.get("StageKeys").and_then(|it| cx.scope.structure(it)) else { return Vec::new() };
    let Data::List(items) = &stages.data else { return Vec::new() };
    let apis = items.iter().filter_map(|it| named_api(cx, it.get("RestApiId")?));
    let mut out: Vec<usize> = apis.filter_map(|it| drafts.by_id.get(&it).copied()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The key that is given to a plan: the value that names it, and its text.
fn key_of<'r>(cx: &Reading<'_>, it: Resource<'r>) -> Option<(&'r Raw, String)> {
    let key = it.properties.get("KeyId").filter(|it| is_there(it))?;
    Some((key, written(&cx.scope, key)?))
}

impl Known {
    fn of(draft: &Draft) -> Self {
        let key = |(id, route): (RouteId, &Route)| (Text::from(route.key.value.as_str()), id);
        let routes = draft.ir.routes.iter().map(key).collect();
        Self { keys: FxHashMap::default(), routes, stages: Stages::of(draft) }
    }

    /// Adds a key of the template, once.
    fn created(&mut self, draft: &mut Draft, it: Resource<'_>) {
        let names = names_of(it);
        if names.iter().any(|it| self.keys.contains_key(it)) {
            return;
        }
        let key = created(draft, it);
        let id = draft.ir.api_keys.push(key);
        draft.called(Generated::ApiKey(id), &it.id.value);
        self.keys.extend(names.map(|name| (name, id)));
    }
}

/// The entries under `ApiStages`, and whether there may be others.
fn stages(cx: &Reading<'_>, of: &Raw) -> (Vec<Raw>, bool) {
    let Some(it) = of.get("ApiStages").and_then(|it| cx.scope.structure(it)) else {
        return (Vec::new(), false);
    };
    let Data::List(items) = &it.data else { return (Vec::new(), true) };
    let entries = items.iter().filter_map(|it| Some(cx.scope.structure(it)?.into_owned()));
    let (known, open): (Vec<Raw>, Vec<Raw>) = entries.partition(|it| it.function().is_none());
    (known, !open.is_empty())
}

fn plan(cx: &Reading<'_>, draft: &mut Draft, known: &Known, it: Resource<'_>, stages: &[Raw]) -> UsagePlanId {
    let of = it.properties;
    let throttle = draft.inner(of, "Throttle");
    let quota = draft.inner(of, "Quota").filter(|it| it.function().is_none());
    let mut plan = UsagePlan {
        name: it.id.clone(),
        plan_name: draft.text_of(of, "UsagePlanName"),
        description: draft.name_of(of, "Description"),
        throttle: throttle.map(|it| self::throttle(draft, &it)).unwrap_or_default(),
        quota: quota.map(|it| self::quota(draft, &it)),
        stages: Vec::new(),
        stages_unknown: false,
        keys: Vec::new(),
        keys_unknown: false,
        tags: tags(draft, of, "Tags"),
    };
    for it in stages {
        let stage = it.get("Stage").filter(|it| is_there(it));
        let found = stage.and_then(|stage| Some((known.stages.named(cx, draft, stage)?, stage.span)));
        let Some((stage, span)) = found else {
            plan.stages_unknown = true;
            continue;
        };
        let routes = draft.inner(it, "Throttle").map(|it| draft.entries(&it)).unwrap_or_default();
        let routes = routes.into_iter().filter_map(|(key, it)| {
            let id = known.routes.get(&*route_key(&key.value)?)?;
            Some((*id, key.span, self::throttle(draft, &it)))
        });
        let routes = routes.collect();
        plan.stages.push(PlanStage { stage, span, routes });
    }
    let id = draft.ir.usage_plans.push(plan);
    draft.called(Generated::UsagePlan(id), &it.id.value);
    id
}

/// The key of the route that a throttle is for: `/orders/GET`, at the root `//GET`.
///
/// Source: CloudFormation Template Reference, `AWS::ApiGateway::UsagePlan ApiStage`: `Throttle`.
fn route_key(text: &str) -> Option<String> {
    let text = text.replace("~1", "/");
    let (path, verb) = text.rsplit_once('/')?;
    let path = path.trim_start_matches('/');
    Some(format!("{} /{path}", verb.to_ascii_uppercase()))
}

fn throttle(draft: &mut Draft, it: &Raw) -> Throttle {
    Throttle {
        span: Some(it.span),
        rate: draft.number_of(it, "RateLimit"),
        burst: draft.integer_of(it, "BurstLimit"),
    }
}

fn quota(draft: &mut Draft, it: &Raw) -> Quota {
    let period = |it: &str| match it {
        "DAY" => Some(Period::Day),
        "WEEK" => Some(Period::Week),
        "MONTH" => Some(Period::Month),
        _ => None,
    };
    Quota {
        span: it.span,
        limit: draft.integer_of(it, "Limit"),
        period: draft.word_of(it, "Period", period),
        offset: draft.integer_of(it, "Offset"),
    }
}

/// Gives a plan a key: one of the template, or one that exists.
fn key(cx: &Reading<'_>, draft: &mut Draft, known: &mut Known, (plan, place): (UsagePlanId, Resource<'_>)) {
    let Some((written, text)) = key_of(cx, place) else {
        draft.ir.usage_plans[plan].keys_unknown = true;
        return;
    };
    let id = match known.keys.get(&text) {
        Some(id) => *id,
        None => {
            let key = existing(place.id, draft.text(written));
            let id = draft.ir.api_keys.push(key);
            known.keys.insert(text, id);
            id
        }
    };
    let of = &mut draft.ir.usage_plans[plan].keys;
    of.push((id, written.span));
    let at = of.len() - 1;
    draft.called(Generated::UsagePlanKey(plan, at), &place.id.value);
}

fn created(draft: &mut Draft, it: Resource<'_>) -> ApiKey {
    let of = it.properties;
    let enabled = match of.get("Enabled").filter(|it| is_there(it)) {
        Some(_) => draft.word_of(of, "Enabled", flag),
        // CloudFormation makes keys that are not accepted, if it is not told otherwise.
        None => Some(Spanned::new(false, it.id.span)),
    };
    ApiKey {
        name: it.id.clone(),
        existing: None,
        key_name: draft.text_of(of, "Name"),
        description: draft.name_of(of, "Description"),
        value: draft.text_of(of, "Value"),
        enabled,
        customer_id: draft.text_of(of, "CustomerId"),
        tags: tags(draft, of, "Tags"),
    }
}

fn existing(name: &Name, id: Located<Text>) -> ApiKey {
    ApiKey {
        name: name.clone(),
        existing: Some(id),
        key_name: None,
        description: None,
        value: None,
        enabled: None,
        customer_id: None,
        tags: Vec::new(),
    }
}
