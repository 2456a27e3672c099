//! Lowers `routes:` and `defaults:`.

use gatewright_source::{Diagnostic, Span, Text};
use gatewright_spec::{self as spec, ApiKeyRequirement, Either, Field, IntegrationKeys};

use super::Lowering;
use crate::{
    ApiKind, Authorization, AuthorizationSource, AuthorizerKind, Located, Name, Route, RouteKey,
    RouteSettings, RouteTarget, Throttle,
};

/// What holds for routes that do not say otherwise.
struct RouteDefaults {
    authorization: Authorization,
    source: AuthorizationSource,
    scopes: Vec<Located<Text>>,
    /// Where it was said that callers must show an API key.
    api_key: Option<Span>,
}

impl<'s> Lowering<'s> {
    pub(super) fn routes(&mut self) {
        let defaults = self.route_defaults();
        for source in self.sources {
            let Some(routes) = source.spec.routes.value() else { continue };
            for (key, it) in &routes.0 {
                let route = self.route(key, it, &defaults);
                let id = self.ir.routes.push(route);
                self.routes.entry(key.value.clone()).or_insert(id);
            }
        }
    }

    fn route_defaults(&mut self) -> RouteDefaults {
        let mut out = RouteDefaults {
            authorization: Authorization::None,
            source: AuthorizationSource::Nowhere,
            scopes: Vec::new(),
            api_key: None,
        };
        let Some(defaults) = self.single("defaults", |it| &it.defaults).value() else { return out };
        match &defaults.authorizer {
            Field::Given(it) => {
                out.authorization = self.authorization(it);
                out.source = AuthorizationSource::Default(it.span);
            }
            Field::Broken(span) => {
                out.authorization = Authorization::Unknown;
                out.source = AuthorizationSource::Default(*span);
            }
            Field::Absent => {}
        }
        out.api_key = required(&defaults.api_key);
        out.scopes = defaults.scopes.value().map(|it| self.all(&it.0)).unwrap_or_default();
        out
    }

    fn route(
        &mut self,
        key: &'s Name,
        it: &'s Field<Either<Text, Box<spec::Route>>>,
        defaults: &RouteDefaults,
    ) -> Route {
        let read = match self.ir.api.kind {
            ApiKind::Http => RouteKey::http,
            ApiKind::Rest => RouteKey::rest,
            ApiKind::WebSocket => RouteKey::websocket,
        };
        let mut route = Route {
            key: key.clone().map(read),
            target: RouteTarget::Unknown,
            authorization: defaults.authorization,
            authorization_source: defaults.source,
            scopes: Vec::new(),
            settings: None,
            api_key: defaults.api_key,
            validation: None,
            cache_key: Vec::new(),
            cache_key_unknown: false,
            response: None,
            public: None,
            operation_name: None,
            description: None,
        };
        // A WebSocket API asks who calls when the connection is made, and not again.
        if self.ir.api.kind == ApiKind::WebSocket && route.key.value.as_str() != "$connect" {
            route.authorization = Authorization::None;
            route.authorization_source = AuthorizationSource::Nowhere;
            route.api_key = None;
        }
        let mut scopes_given = false;
        match it {
            Field::Given(value) => match &value.value {
                Either::Short(target) => {
                    route.target = self.target(&gatewright_source::Spanned::new(target.clone(), value.span));
                }
                Either::Long(it) => {
                    route.target = self.route_target(key, it);
                    match &it.authorizer {
                        Field::Given(name) => {
                            route.authorization = self.authorization(name);
                            route.authorization_source = AuthorizationSource::Stated(name.span);
                        }
                        Field::Broken(span) => {
                            route.authorization = Authorization::Unknown;
                            route.authorization_source = AuthorizationSource::Stated(*span);
                        }
                        Field::Absent => {}
                    }
                    if let Some(scopes) = it.scopes.value() {
                        route.scopes = self.all(&scopes.0);
                        scopes_given = true;
                    }
                    let settings = RouteSettings {
                        throttle: self.throttle(&it.throttle),
                        detailed_metrics: super::stages::flag(&it.detailed_metrics),
                        cache: self.cache_setting(&it.cache),
                        execution_log: None,
                    };
                    match it.cache.value() {
                        Some(Either::Long(cache)) => {
                            let keys = cache.key.value();
                            route.cache_key_unknown =
                                cache.key.is_broken() || keys.is_some_and(|it| it.is_broken());
                            let keys = keys.map(|it| &it.0[..]).unwrap_or_default();
                            route.cache_key = keys.iter().map(|it| self.cache_key(it)).collect();
                        }
                        _ => route.cache_key_unknown = !it.cache.is_absent(),
                    }
                    if !it.api_key.is_absent() {
                        route.api_key = required(&it.api_key);
                    }
                    route.validation = self.validation(&it.validate);
                    // What could not be read is taken as meant so.
                    route.response = it.response.span().filter(|_| it.response.value() != Some(&false));
                    route.settings = (!settings.is_empty()).then(|| Box::new(settings));
                    route.public = it.public.given().cloned().map(Box::new);
                    route.operation_name = it.operation_name.given().cloned().map(Box::new);
                    route.description = it.description.given().cloned().map(Box::new);
                }
            },
            Field::Broken(_) => {}
            Field::Absent => route.target = self.no_target(key),
        }
        // Names of headers are case-sensitive here: what tells callers apart is written as the authorizer has it, or one
        // caller's answer would be served to others.
        if let Authorization::Authorizer(id) = route.authorization {
            let identity = &self.ir.authorizers[id].identity;
            for key in &mut route.cache_key {
                let known = identity.iter().filter_map(|it| it.value.as_str());
                if let Some(same) = known.into_iter().find(|it| it.eq_ignore_ascii_case(&key.value)) {
                    key.value = same.into();
                }
            }
        }
        // Scopes by default are for tokens: a route that is open or asks a function takes none.
        if !scopes_given
            && let Authorization::Authorizer(id) = route.authorization
            && matches!(
                self.ir.authorizers[id].kind,
                AuthorizerKind::Jwt { .. } | AuthorizerKind::Cognito { .. }
            )
        {
            route.scopes.clone_from(&defaults.scopes);
        }
        route
    }

    fn route_target(&mut self, key: &'s Name, it: &'s spec::Route) -> RouteTarget {
        let keys = it.integration();
        let own = [keys.lambda.span(), keys.http.span(), keys.aws.span(), keys.mock.span()];
        let own = own.into_iter().flatten().next();
        match (&it.integration, own) {
            (Field::Given(name), None) => {
                let target = self.target(name);
                let why = format!("the backend is `{}`", name.value);
                let help = if self.integrations.contains_key(&name.value) {
                    "put it under `integrations`"
                } else {
                    "write `lambda` instead of `integration` here, or declare an integration"
                };
                self.without_effect(&keys.details(), &why, help);
                target
            }
            (Field::Broken(_), _) => RouteTarget::Unknown,
            (Field::Given(name), Some(own)) => {
                let problem =
                    Diagnostic::error("conflicting-keys", own, "the route names an integration already");
                self.report(problem.label(name.span, "here").help("remove one of them"));
                RouteTarget::Unknown
            }
            (Field::Absent, None) => {
                let target = self.no_target(key);
                if target == RouteTarget::Nothing {
                    let why = format!("`{}` calls nothing", key.value);
                    let help = "say what is called: `lambda`, `http`, `aws` or `mock`, or remove it";
                    self.without_effect(&keys.details(), &why, help);
                }
                target
            }
            (Field::Absent, Some(_)) if is_bare(keys) => {
                // `lambda: orders` and nothing else is what the short form `orders` says: one integration for all.
                match keys.lambda.given().map(|it| (&it.value, it.span)) {
                    Some((spec::Value::Known(text), span)) => {
                        self.function_target(&gatewright_source::Spanned::new(text.clone(), span))
                    }
                    _ => RouteTarget::Unknown,
                }
            }
            (Field::Absent, Some(own)) => {
                let integration = self.integration(key, false, keys, None);
                RouteTarget::Integration(self.ir.integrations.push(integration), own)
            }
        }
    }

    /// The target of a route of which none is given.
    fn no_target(&self, key: &Name) -> RouteTarget {
        let needs_none = matches!(&*key.value, "$connect" | "$disconnect");
        match self.ir.api.kind {
            ApiKind::WebSocket if needs_none => RouteTarget::Nothing,
            _ => RouteTarget::Missing,
        }
    }

    /// The target of a route that names a function and nothing else.
    fn function_target(&mut self, name: &Name) -> RouteTarget {
        match self.implicit.get(&name.value) {
            Some(id) => RouteTarget::Integration(*id, name.span),
            None => self.callee_target(name),
        }
    }

    pub(super) fn throttle(&mut self, it: &Field<spec::Throttle>) -> Throttle {
        match it.given() {
            None => Throttle::default(),
            // Half a throttle because the other half could not be read says nothing.
            Some(it) if it.value.rate.is_broken() || it.value.burst.is_broken() => Throttle::default(),
            Some(it) => Throttle {
                span: Some(it.span),
                rate: self.optional(&it.value.rate),
                burst: self.optional(&it.value.burst),
            },
        }
    }
}

/// Where it is said that callers must show an API key. What could not be read is taken as meant so.
fn required(it: &Field<ApiKeyRequirement>) -> Option<Span> {
    it.span().filter(|_| it.value() != Some(&ApiKeyRequirement::None))
}

/// Whether an integration is a known function and nothing else is said about it.
fn is_bare(it: IntegrationKeys<'_>) -> bool {
    let others = [it.http.span(), it.aws.span(), it.mock.span()];
    matches!(it.lambda.value(), Some(spec::Value::Known(_)))
        && others.iter().all(Option::is_none)
        && it.details().iter().all(|it| it.1.is_none())
}
