//! Who may call, and how much: `authorizers`, `apiKeys`, `usagePlans`.

use gatewright_ir::{ApiKind, Authorizer, AuthorizerKind, AuthorizerResponse, Period, PlanStage, UsagePlan};
use serde_json::Value;

use crate::Raising;
use crate::section::Section;
use crate::values::name;

/// Where tokens stand if nothing else is said.
const AUTHORIZATION: &str = "$request.header.Authorization";

impl Raising<'_> {
    /// All authorizers.
    pub(crate) fn authorizers(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.authorizers.values() {
            all.set(&it.name.value, self.authorizer(it));
        }
        all
    }

    fn authorizer(&mut self, it: &Authorizer) -> Section {
        let mut out = Section::new();
        match &it.kind {
            AuthorizerKind::Jwt { issuer, audience } => {
                let mut jwt = Section::new();
                match issuer {
                    Some(issuer) => jwt.set("issuer", self.text(issuer)),
                    None => jwt.set("issuer", self.unknown(it.name.span)),
                }
                jwt.list("audience", self.texts(audience));
                out.set("jwt", jwt);
            }
            AuthorizerKind::Cognito { pools, .. } => out.one_or_many("cognito", self.texts(pools)),
            AuthorizerKind::Lambda { callee, .. } => out.set("lambda", self.callee(callee)),
            AuthorizerKind::Unknown => out.set("lambda", self.unknown(it.name.span)),
        }
        if let AuthorizerKind::Lambda { token: true, .. } = &it.kind {
            out.set("type", "token");
        }
        let identity: Vec<Value> = it.identity.iter().map(|it| self.identity(it)).collect();
        match (&identity[..], self.ir.api.kind) {
            ([], ApiKind::WebSocket) => {}
            ([], _) => out.set("identity", Vec::<Value>::new()),
            ([one], ApiKind::Http | ApiKind::Rest) if *one == AUTHORIZATION => {}
            _ => out.one_or_many("identity", identity),
        }
        match &it.kind {
            AuthorizerKind::Cognito { cache, .. } => out.maybe("cache", self.duration(cache)),
            AuthorizerKind::Lambda { identity_pattern, response, payload, cache, role, .. } => {
                out.maybe("identityPattern", name(identity_pattern));
                if self.ir.api.kind == ApiKind::Http {
                    if *response != AuthorizerResponse::Simple {
                        out.set("response", "iam");
                    }
                    if &*payload.value != "2.0" {
                        out.set("payload", &*payload.value);
                    }
                }
                out.maybe("cache", self.duration(cache));
                out.maybe("role", self.maybe_text(role));
            }
            AuthorizerKind::Jwt { .. } | AuthorizerKind::Unknown => {}
        }
        out
    }

    /// All API keys.
    pub(crate) fn api_keys(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.api_keys.values() {
            let mut out = Section::new();
            out.maybe("id", self.maybe_text(&it.existing));
            out.maybe("name", self.maybe_text(&it.key_name));
            out.maybe("description", name(&it.description));
            out.maybe("value", self.maybe_text(&it.value));
            out.maybe("enabled", it.enabled.map(|it| it.value));
            out.maybe("customerId", self.maybe_text(&it.customer_id));
            out.section("tags", self.pairs(&it.tags));
            all.set(&it.name.value, out);
        }
        all
    }

    /// All usage plans.
    pub(crate) fn usage_plans(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.usage_plans.values() {
            all.set(&it.name.value, self.usage_plan(it));
        }
        all
    }

    fn usage_plan(&mut self, it: &UsagePlan) -> Section {
        let mut out = Section::new();
        out.maybe("name", self.maybe_text(&it.plan_name));
        out.maybe("description", name(&it.description));
        out.section("throttle", self.throttle(&it.throttle));
        if let Some(quota) = &it.quota {
            let mut section = Section::new();
            section.maybe("limit", self.integer(&quota.limit));
            section.maybe(
                "per",
                quota.period.map(|it| match it.value {
                    Period::Day => "day",
                    Period::Week => "week",
                    Period::Month => "month",
                }),
            );
            section.maybe("offset", self.integer(&quota.offset));
            out.set("quota", section);
        }
        let stages = &it.stages;
        if stages.iter().all(|it| it.routes.is_empty()) {
            let mut names: Vec<Value> = stages.iter().map(|it| self.stage_name(it)).collect();
            if it.stages_unknown {
                names.push(self.unknown_name(it.name.span, "a stage of the usage plan"));
            }
            out.list("stages", names);
        } else {
            let mut section = Section::new();
            for it in stages {
                let routes = it.routes.iter();
                let routes = routes.map(|(route, _, throttle)| {
                    (self.ir.routes[*route].key.value.as_str().to_owned(), self.throttle(throttle).into())
                });
                let mut plan = Section::new();
                plan.section("routes", routes.collect());
                section.set(&self.ir.stages[it.stage].name.value, plan);
            }
            out.set("stages", section);
        }
        let mut keys: Vec<Value> =
            it.keys.iter().map(|it| self.ir.api_keys[it.0].name.value.as_ref().into()).collect();
        if it.keys_unknown {
            keys.push(self.unknown_name(it.name.span, "a key of the usage plan"));
        }
        out.list("keys", keys);
        out.section("tags", self.pairs(&it.tags));
        out
    }

    fn stage_name(&self, it: &PlanStage) -> Value {
        self.ir.stages[it.stage].name.value.as_ref().into()
    }
}
