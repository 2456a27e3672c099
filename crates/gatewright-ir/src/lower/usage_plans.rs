//! Lowers `apiKeys:` and `usagePlans:`

use gatewright_spec::{self as spec, Either, Entries, Field};

use super::{Lowering, lookup, texts};
use crate::{ApiKey, Name, PlanStage, Quota, RouteId, Throttle, UsagePlan};

impl<'s> Lowering<'s> {
    pub(super) fn api_keys(&mut self) {
        for (name, it) in self.section(|it| &it.api_keys) {
            let key = match it {
                Some(it) => self.api_key(name, &it.value),
                None => self.api_key(name, &spec::ApiKey::default()),
            };
            let id = self.ir.api_keys.push(key);
            self.api_keys.insert(name.value.clone(), (id, name.span));
        }
    }

    fn api_key(&mut self, name: &Name, it: &spec::ApiKey) -> ApiKey {
        if !it.id.is_absent() {
            let keys = [
                ("name", it.name.span()),
                ("description", it.description.span()),
                ("value", it.value.span()),
                ("enabled", it.enabled.span()),
                ("customerId", it.customer_id.span()),
                ("tags", it.tags.span()),
            ];
            self.without_effect(&keys, "the key exists already", "remove it, or the `id`");
        }
        ApiKey {
            name: name.clone(),
            existing: self.optional(&it.id),
            key_name: self.optional(&it.name),
            description: it.description.given().cloned(),
            value: self.optional(&it.value),
            enabled: it.enabled.given().copied(),
            customer_id: self.optional(&it.customer_id),
            tags: self.pairs(&it.tags),
        }
    }

    pub(super) fn usage_plans(&mut self) {
        for (name, it) in self.section(|it| &it.usage_plans) {
            let plan = match it {
                Some(it) => self.usage_plan(name, &it.value),
                None => UsagePlan {
                    stages_unknown: true,
                    keys_unknown: true,
                    ..self.usage_plan(name, &spec::UsagePlan::default())
                },
            };
            self.ir.usage_plans.push(plan);
        }
    }

    fn usage_plan(&mut self, name: &Name, it: &spec::UsagePlan) -> UsagePlan {
        let mut out = UsagePlan {
            name: name.clone(),
            plan_name: self.optional(&it.name),
            description: it.description.given().cloned(),
            throttle: self.throttle(&it.throttle),
            quota: it.quota.given().map(|it| self.quota(it)),
            stages: Vec::new(),
            stages_unknown: it.stages.is_broken(),
            keys: Vec::new(),
            keys_unknown: it.keys.is_broken() || it.keys.value().is_some_and(|it| it.is_broken()),
            tags: self.pairs(&it.tags),
        };
        match it.stages.value() {
            Some(Either::Short(names)) => {
                out.stages_unknown |= names.is_broken();
                for name in &names.0 {
                    self.plan_stage(name, None, &mut out);
                }
            }
            Some(Either::Long(entries)) => {
                for (name, it) in &entries.0 {
                    self.plan_stage(name, it.value(), &mut out);
                }
            }
            None => {}
        }
        for key in it.keys.value().map(|it| &it.0[..]).unwrap_or_default() {
            match lookup(&self.api_keys, &key.value) {
                Some(id) => out.keys.push((id, key.span)),
                None => {
                    out.keys_unknown = true;
                    self.unknown("unknown-api-key", "API key", &key.value, key.span, |it| {
                        texts(&it.api_keys)
                    });
                }
            }
        }
        out
    }

    fn plan_stage(&mut self, name: &Name, it: Option<&spec::PlanStage>, out: &mut UsagePlan) {
        let Some(stage) = lookup(&self.stages, &name.value) else {
            out.stages_unknown = true;
            self.unknown("unknown-stage", "stage", &name.value, name.span, |it| texts(&it.stages));
            return;
        };
        let routes = it.map(|it| self.plan_routes(&it.routes)).unwrap_or_default();
        out.stages.push(PlanStage { stage, span: name.span, routes });
    }

    fn plan_routes(
        &mut self,
        it: &Field<Entries<spec::Throttle>>,
    ) -> Vec<(RouteId, gatewright_source::Span, Throttle)> {
        let mut out = Vec::new();
        for (key, throttle) in it.value().map(|it| &it.0[..]).unwrap_or_default() {
            match self.routes.get(&key.value).copied() {
                Some(id) => out.push((id, key.span, self.throttle(throttle))),
                None => self.unknown_route(key),
            }
        }
        out
    }

    fn quota(&mut self, it: &gatewright_source::Spanned<spec::Quota>) -> Quota {
        if it.value.limit.is_absent() {
            self.missing(it.span, "limit", "say how many requests: `quota: { limit: 10000, per: month }`");
        }
        if it.value.per.is_absent() {
            self.missing(it.span, "per", "say in which time: `per: day`, `week` or `month`");
        }
        Quota {
            span: it.span,
            limit: self.optional(&it.value.limit),
            period: it.value.per.given().copied(),
            offset: self.optional(&it.value.offset),
        }
    }
}
