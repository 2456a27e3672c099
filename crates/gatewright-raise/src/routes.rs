//! `routes:`, with what holds for single routes.

use gatewright_ir::{
    ApiKind, Authorization, AuthorizationSource, CacheSetting, Callee, Integration, Route, RouteTarget,
    Validation,
};
use serde_json::Value;

use crate::Raising;
use crate::defaults::is_bare;
use crate::expressions::cache_key;
use crate::section::Section;
use crate::values::{PLACEHOLDER, flag};

impl Raising<'_> {
    /// All routes.
    pub(crate) fn routes(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.routes.values() {
            let key = it.key.value.as_str();
            if all.has(key) {
                let help = "keep the right one: the specification has the first";
                self.note(it.key.span, format!("there is a second route `{key}`"), help);
                continue;
            }
            let route = self.route(it);
            all.set(key, route);
        }
        if self.ir.api.routes_unknown {
            let span = self.ir.api.name.span;
            self.note(
                span,
                "routes of this API stand where they could not be read",
                format!("write them under `routes` in place of the one with `{PLACEHOLDER}`"),
            );
            let key = if self.ir.api.kind == ApiKind::Rest { "ANY /{proxy+}" } else { "$default" };
            if !all.has(key) {
                all.set(key, PLACEHOLDER);
            }
        }
        all
    }

    fn route(&mut self, it: &Route) -> Value {
        let mut details = Section::new();
        self.who(it, &mut details);
        self.what(it, &mut details);
        match it.target {
            RouteTarget::Integration(id, _) => {
                let integration = &self.ir.integrations[id];
                match self.short_target(integration) {
                    Some(name) if details.is_empty() => return name.into(),
                    _ => {}
                }
                let mut out = self.long_target(integration);
                out.append(details);
                out.into()
            }
            RouteTarget::Unknown => {
                let target = self.unknown_name(it.key.span, "where the route leads");
                let mut out = Section::new().with("integration", target);
                out.append(details);
                out.into()
            }
            RouteTarget::Missing | RouteTarget::Nothing => {
                if it.target == RouteTarget::Missing {
                    let message = format!("`{}` has no integration", it.key.value.as_str());
                    self.note(it.key.span, message, "say in the specification what it calls");
                }
                if details.is_empty() { Value::Null } else { details.into() }
            }
        }
    }

    /// The name of an integration that a route may bear instead of a mapping.
    fn short_target(&self, it: &Integration) -> Option<String> {
        if it.declared {
            return Some(it.name.value.to_string());
        }
        let callee = it.callee().filter(|_| is_bare(it) && !self.is_hidden(it))?;
        if matches!(callee, Callee::Staged(_)) { None } else { self.callee_name(callee) }
    }

    /// Whether an integration has the name that a function bears.
    fn is_hidden(&self, it: &Integration) -> bool {
        let Some(name) = it.callee().and_then(|it| self.callee_name(it)) else { return false };
        self.ir.integrations.values().any(|it| it.declared && *it.name.value == *name)
    }

    fn long_target(&mut self, it: &Integration) -> Section {
        if it.declared {
            return Section::new().with("integration", &*it.name.value);
        }
        match it.callee() {
            Some(callee) if is_bare(it) => Section::new().with("lambda", self.callee(callee)),
            _ => self.integration(it),
        }
    }

    /// Who may call.
    fn who(&mut self, it: &Route, out: &mut Section) {
        let is_usual = match self.defaults.authorization {
            Some(default) => it.authorization == default,
            None => {
                it.authorization == Authorization::None
                    && !matches!(it.authorization_source, AuthorizationSource::Stated(_))
            }
        };
        // A WebSocket API asks when the connection is made, and not again.
        let is_asked = self.ir.api.kind != ApiKind::WebSocket || it.key.value.as_str() == "$connect";
        if !is_usual && (is_asked || it.authorization != Authorization::None) {
            if it.authorization == Authorization::Unknown {
                out.set("authorizer", self.unknown_name(it.key.span, "who may call the route"));
            } else {
                out.set("authorizer", self.authorization(it.authorization));
            }
        }
        let values = |it: &[gatewright_ir::Located<gatewright_ir::Text>]| -> Vec<Value> {
            it.iter().map(|it| it.value.to_json()).collect()
        };
        if values(&it.scopes) != values(self.defaults.scopes_of(self.ir, it)) {
            out.set("scopes", self.texts(&it.scopes));
        }
        match (it.api_key.is_some(), self.defaults.api_key) {
            (true, false) => out.set("apiKey", "required"),
            (false, true) => out.set("apiKey", "none"),
            _ => {}
        }
        out.maybe("public", it.public.as_ref().map(|it| &*it.value));
    }

    /// What is checked, kept and said about it.
    fn what(&mut self, it: &Route, out: &mut Section) {
        out.maybe("validate", it.validation.as_ref().map(|it| self.validation(it)));
        let settings = it.settings.as_deref();
        let mut cache = settings.and_then(|it| it.cache.as_ref()).map(|it| self.cache(it));
        let mut keys: Vec<Value> = it.cache_key.iter().map(|it| cache_key(&it.value).into()).collect();
        if it.cache_key_unknown {
            keys.push(self.unknown_name(it.key.span, "what tells answers in the cache apart"));
        }
        if !keys.is_empty() && !matches!(cache, Some(Value::Object(_))) {
            cache = Some(Section::new().into());
        }
        if let Some(Value::Object(cache)) = &mut cache {
            let mut all = Section::new();
            all.one_or_many("key", keys);
            if let Some(it) = all.get("key") {
                cache.insert("key".to_owned(), it.clone());
            }
        }
        out.maybe("cache", cache);
        if it.response.is_some() {
            out.set("response", true);
        }
        if let Some(settings) = settings {
            out.section("throttle", self.throttle(&settings.throttle));
            out.maybe("detailedMetrics", flag(settings.detailed_metrics.as_ref()));
        }
        out.maybe("operationName", it.operation_name.as_ref().map(|it| &*it.value));
        out.maybe("description", it.description.as_ref().map(|it| &*it.value));
    }

    fn validation(&mut self, it: &Validation) -> Value {
        let model = |id: gatewright_ir::ModelId| &*self.ir.models[id].name.value;
        let names = |items: &[gatewright_ir::Name]| items.iter().map(|it| it.value.as_ref().into()).collect();
        let mut out = Section::new();
        match &it.body[..] {
            [] => {}
            [(None, id, _)] => out.set("body", model(*id)),
            several => {
                let entries = several.iter().map(|(media_type, id, _)| {
                    let media_type = media_type.as_ref().map_or(self.usual_key(), |it| &*it.value);
                    (media_type.to_owned(), model(*id).into())
                });
                out.set("body", entries.collect::<Section>());
            }
        }
        out.one_or_many("headers", names(&it.headers));
        out.one_or_many("query", names(&it.query));
        match out.get("body") {
            Some(Value::String(model)) if out.len() == 1 => model.as_str().into(),
            _ => out.into(),
        }
    }

    /// Whether answers are remembered.
    pub(crate) fn cache(&mut self, it: &CacheSetting) -> Value {
        if !it.enabled {
            return "none".into();
        }
        let mut out = Section::new();
        out.maybe("ttl", self.duration(&it.ttl));
        out.maybe("encrypted", flag(it.encrypted.as_ref()));
        out.into()
    }
}
