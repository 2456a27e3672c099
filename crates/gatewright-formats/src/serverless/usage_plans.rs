//! API keys and usage plans of REST APIs.
//!
//! Source: serverless/serverless v3, `lib/plugins/aws/package/compile/events/api-gateway/lib`: `api-keys.js`,
//! `usage-plan.js`, `usage-plan-keys.js`.

use gatewright_ir::{
    ApiKey, ApiKeyId, Generated, Name, Period, PlanStage, Quota, Span, Spanned, Text, Throttle, UsagePlan,
};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

use super::naming::upper_first;
use super::service::{Service, at, is_false};
use crate::draft::{Draft, is_there};

/// Reads them. There is a plan as soon as there are keys.
pub(super) fn read(draft: &mut Draft, service: &Service) {
    let (keys, plans) =
        (service.provider(&["apiGateway", "apiKeys"]), service.provider(&["apiGateway", "usagePlan"]));
    if keys.is_none() && plans.is_none() {
        return;
    }
    let is_open = |it: &Raw| it.function().is_some();
    draft.ir.api.usage_plans_unknown |= keys.is_some_and(is_open) || plans.is_some_and(is_open);
    let mut named: FxHashMap<Text, gatewright_ir::UsagePlanId> = FxHashMap::default();
    let mut default = None;
    match plans.map(|it| &it.data) {
        Some(Data::List(plans)) => {
            for it in plans.iter().filter(|it| is_there(it)) {
                let Data::Map(entries) = &it.data else { continue };
                for (name, it) in entries.iter().take(1) {
                    let id = plan(draft, service, Some(name), it, it.span);
                    named.insert(name.value.clone(), id);
                }
            }
        }
        _ => {
            let span = plans.or(keys).map_or(service.provider.span, |it| it.span);
            let nothing = Raw { span, data: Data::Null };
            default = Some(plan(draft, service, None, plans.unwrap_or(&nothing), span));
        }
    }
    let Some(Data::List(list)) = keys.map(|it| &it.data) else { return };
    let mut number = 0;
    for it in list.iter().filter(|it| is_there(it)) {
        let first = match &it.data {
            Data::Map(entries) => entries.first(),
            _ => None,
        };
        match first.and_then(|(name, keys)| Some((name, keys, *named.get(&name.value)?))) {
            Some((name, keys, plan)) => {
                let Data::List(keys) = &keys.data else { continue };
                for (at, it) in keys.iter().enumerate() {
                    let logical_id = format!("ApiGatewayApiKey{}{}", upper_first(&name.value), at + 1);
                    let id = key(draft, it, logical_id);
                    draft.ir.usage_plans[plan].keys.push((id, it.span));
                }
            }
            // Where plans have names, the framework knows no other.
            None => {
                let Some(plan) = default else { continue };
                number += 1;
                let id = key(draft, it, format!("ApiGatewayApiKey{number}"));
                draft.ir.usage_plans[plan].keys.push((id, it.span));
            }
        }
    }
}

fn key(draft: &mut Draft, it: &Raw, logical_id: String) -> ApiKeyId {
    let is_long = matches!(it.data, Data::Map(_)) && it.function().is_none();
    let key_name = match is_long {
        true => draft.text_of(it, "name"),
        false => Some(draft.text(it)),
    };
    let logical_id: Text = logical_id.into();
    let fallback = Name::new(logical_id.clone(), it.span);
    let name = key_name.as_ref().and_then(|it| Some(Name::new(it.value.as_str()?.into(), it.span)));
    let enabled = at(it, &["enabled"]).filter(|it| it.function().is_none());
    let key = ApiKey {
        name: name.unwrap_or(fallback),
        existing: None,
        key_name,
        description: draft.name_of(it, "description"),
        value: draft.text_of(it, "value"),
        enabled: enabled.map(|it| Spanned::new(!is_false(it), it.span)),
        customer_id: draft.text_of(it, "customerId"),
        tags: Vec::new(),
    };
    let id = draft.ir.api_keys.push(key);
    draft.called(Generated::ApiKey(id), &logical_id);
    id
}

fn plan(
    draft: &mut Draft,
    service: &Service,
    name: Option<&Name>,
    it: &Raw,
    span: Span,
) -> gatewright_ir::UsagePlanId {
    let logical_id: Text = match name {
        Some(name) => format!("ApiGatewayUsagePlan{}", upper_first(&name.value)).into(),
        None => "ApiGatewayUsagePlan".into(),
    };
    let own_name = name.map(|it| Raw { span: it.span, data: Data::String(it.value.clone()) });
    let parts = [Some(&service.name), own_name.as_ref(), Some(&service.stage)];
    let plan_name = service.joined(&parts.into_iter().flatten().collect::<Vec<_>>(), "-");
    let throttle = at(it, &["throttle"]).map(|it| Throttle {
        rate: draft.number_of(it, "rateLimit"),
        burst: draft.integer_of(it, "burstLimit"),
        span: Some(it.span),
    });
    let quota = at(it, &["quota"]).map(|it| Quota {
        span: it.span,
        limit: draft.integer_of(it, "limit"),
        period: at(it, &["period"]).and_then(|it| {
            let period = match it.as_str()? {
                "DAY" => Period::Day,
                "WEEK" => Period::Week,
                "MONTH" => Period::Month,
                _ => return None,
            };
            Some(Spanned::new(period, it.span))
        }),
        offset: draft.integer_of(it, "offset"),
    });
    let stages = draft.ir.stages.ids().map(|stage| PlanStage { stage, span, routes: Vec::new() });
    let plan = UsagePlan {
        name: name.cloned().unwrap_or_else(|| Name::new("default".into(), span)),
        plan_name: Some(draft.text(&plan_name)),
        description: None,
        throttle: throttle.unwrap_or_default(),
        quota,
        stages: stages.collect(),
        stages_unknown: false,
        keys: Vec::new(),
        keys_unknown: it.function().is_some(),
        tags: Vec::new(),
    };
    let id = draft.ir.usage_plans.push(plan);
    draft.called(Generated::UsagePlan(id), &logical_id);
    id
}
