//! `AWS::ApiGateway::Method`.

use gatewright_ir::{
    Authorization, AuthorizationSource, Generated, Method, Name, Route, RouteId, RouteTarget, Text, Value,
};
use gatewright_spec::Raw;

use super::super::Resource;
use super::integrations::integration;
use super::paths::Path;
use super::validators::validation;
use super::{Parts, Shared};
use crate::draft::{Draft, Reading, is_there, known_text};
use crate::written::{sole_hole, written};

/// Reads a method, which is a route with its integration.
pub(super) fn method(
    cx: &Reading<'_>,
    draft: &mut Draft,
    (shared, parts): (&Shared<'_>, &mut Parts),
    it: Resource<'_>,
) {
    let of = it.properties;
    let verb = of.get("HttpMethod").filter(|it| is_there(it));
    let path = of.get("ResourceId").and_then(|it| shared.paths.path(cx, it));
    let (Some(verb), Some(mut path)) = (verb, path) else {
        // Which route it is, nobody knows.
        draft.ir.api.routes_unknown = true;
        return;
    };
    let key = match draft.text(verb).value {
        Value::Known(verb) => format!("{} {}", verb.to_ascii_uppercase(), path.as_str()),
        Value::Deferred(raw) => {
            path.deferred = Some(raw);
            it.id.value.to_string()
        }
    };
    let key = draft.key(key, it.id.span);
    let name = Name::new(key.value.as_str().into(), key.span);
    let (authorization, authorization_source) = authorization(cx, draft, of);
    let mut route = Route {
        authorization,
        authorization_source,
        target: RouteTarget::Missing,
        scopes: draft.texts_of(of, "AuthorizationScopes"),
        settings: None,
        api_key: api_key(draft, of),
        validation: validation(cx, draft, &shared.validators, of),
        cache_key: Vec::new(),
        cache_key_unknown: false,
        response: None,
        public: None,
        operation_name: draft.name_of(of, "OperationName").map(Box::new),
        description: None,
        key,
    };
    let integration = match of.get("Integration").filter(|it| is_there(it)) {
        None => None,
        Some(_) => match draft.inner(of, "Integration").filter(|it| it.function().is_none()) {
            Some(inner) => {
                cache_key(draft, &inner, &mut route);
                Some(integration(cx, draft, of, &inner, name))
            }
            None => {
                route.target = RouteTarget::Unknown;
                None
            }
        },
    };
    let key = route.key.value.clone();
    let Some(id) = draft.route(route, integration) else {
        parts.preflights.push((path.as_str().into(), it.id.value.clone()));
        return;
    };
    parts.add(id, &key);
    draft.called(Generated::Route(id), &it.id.value);
    place(draft, id, path, it.condition);
}

/// What is known of a route by its place in the tree.
fn place(draft: &mut Draft, id: RouteId, path: Path, own: Option<&str>) {
    for (at, resource) in path.ids.iter().enumerate() {
        if let Some(resource) = resource {
            draft.called(Generated::PathResource(id, at + 1), resource);
        }
    }
    if let Some(raw) = path.deferred {
        draft.ir.provenance.deferred_names.insert(Generated::Route(id), raw);
        // Which route it is, and so which are missing, is not known.
        draft.ir.api.routes_unknown = true;
    }
    // One that is decided says nothing more.
    let is_open = |it: &Text| draft.scope.holds(it).is_none();
    let condition = own.map(Text::from).filter(is_open).or(path.condition.filter(is_open));
    if let Some(condition) = condition {
        draft.ir.provenance.conditions.insert(id, condition);
    }
}

/// Gives the methods that answer preflight requests to the routes with their paths.
pub(super) fn preflights(draft: &mut Draft, parts: &Parts) {
    for (path, method) in &parts.preflights {
        if let Some(id) = parts.paths.get(path).and_then(|it| it.first()) {
            draft.called(Generated::Preflight(*id), method);
        }
    }
}

/// Who may call.
fn authorization(cx: &Reading<'_>, draft: &mut Draft, of: &Raw) -> (Authorization, AuthorizationSource) {
    let authorizer = of.get("AuthorizerId").filter(|it| is_there(it));
    let Some(sort) = draft.text_of(of, "AuthorizationType") else {
        return match authorizer {
            None => (Authorization::None, AuthorizationSource::Nowhere),
            Some(it) => (Authorization::Unknown, AuthorizationSource::Stated(it.span)),
        };
    };
    let authorization = match sort.value.as_str() {
        // Who names an authorizer as well means something else, which a rule says.
        Some("NONE") if authorizer.is_none() => Authorization::None,
        Some("AWS_IAM") => Authorization::Iam,
        Some("CUSTOM" | "COGNITO_USER_POOLS" | "JWT") => {
            let text = authorizer.and_then(|it| written(&cx.scope, it));
            match text.as_deref().and_then(sole_hole) {
                Some((name, None | Some("AuthorizerId"))) => draft
                    .authorizers
                    .get(name)
                    .map_or(Authorization::Unknown, |id| Authorization::Authorizer(*id)),
                _ => Authorization::Unknown,
            }
        }
        _ => Authorization::Unknown,
    };
    (authorization, AuthorizationSource::Stated(sort.span))
}

/// Where it is said that callers must show an API key. What is not known is taken as meant so.
fn api_key(draft: &mut Draft, of: &Raw) -> Option<gatewright_ir::Span> {
    let flag = draft.flag_of(of, "ApiKeyRequired")?;
    (flag.value.known() != Some(&false)).then_some(flag.span)
}

/// What tells answers in the cache apart.
fn cache_key(draft: &mut Draft, integration: &Raw, route: &mut Route) {
    for it in draft.texts_of(integration, "CacheKeyParameters") {
        match known_text(it) {
            Some(it) => route.cache_key.push(it),
            None => route.cache_key_unknown = true,
        }
    }
}

/// The methods whose answers a cache keeps where it is turned on for the whole stage.
///
/// Source: API Gateway Developer Guide, "Cache settings for REST APIs in API Gateway".
pub(super) fn is_cached_by_default(route: &Route) -> bool {
    route.key.value.method() == Some(Method::Get)
}
