//! `AWS::ApiGateway::Method`: a route with its integration.

use gatewright_ir::{
    Authorization, AuthorizationSource, Generated, Id as _, Name, Route, RouteId, RouteTarget, Spanned,
    Validation, Value,
};
use gatewright_spec::Raw;

use super::super::Resource;
use super::{Parts, integrations, paths};
use crate::draft::{Draft, Reading, is_there, known_text};
use crate::written::{sole_hole, written};

/// Reads a method.
pub(super) fn method(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let of = it.properties;
    let path = of.get("ResourceId").and_then(|it| paths::of_method(cx, &parts.paths, it));
    let (Some(path), Some(method)) = (path, draft.name_of(of, "HttpMethod")) else {
        draft.ir.api.routes_unknown = true;
        return;
    };
    let text = format!("{} {path}", method.value.to_ascii_uppercase());
    let key = draft.key(text.as_str(), it.id.span);
    let name = Name::new(text.as_str().into(), key.span);
    let integration = draft.inner(of, "Integration");
    let unreadable = integration.as_ref().is_some_and(|it| it.function().is_some());
    let integration = integration.filter(|it| it.function().is_none());
    let cache_key = integration.as_ref().map(|it| draft.texts_of(it, "CacheKeyParameters"));
    let cache_key = cache_key.unwrap_or_default().into_iter().filter_map(known_text).collect();
    let (authorization, authorization_source) = authorization(cx, draft, of);
    let api_key = draft.flag_of(of, "ApiKeyRequired");
    let api_key = api_key.filter(|it| it.value.known() != Some(&false)).map(|it| it.span);
    let route = Route {
        key,
        target: if unreadable { RouteTarget::Unknown } else { RouteTarget::Missing },
        authorization,
        authorization_source,
        scopes: draft.texts_of(of, "AuthorizationScopes"),
        settings: None,
        api_key,
        validation: validation(cx, draft, parts, of),
        cache_key,
        cache_key_unknown: false,
        response: None,
        public: None,
        operation_name: draft.name_of(of, "OperationName").map(Box::new),
        description: None,
    };
    let integration = integration.map(|it| integrations::integration(cx, draft, name, &it, of));
    let Some(id) = draft.route(route, integration) else { return };
    draft.called(Generated::Route(id), &it.id.value);
    parts.routes.entry(text).or_insert(id);
    if let Some(condition) = it.condition.filter(|it| cx.scope.holds(it).is_none()) {
        draft.ir.provenance.conditions.insert(id, condition.into());
    }
    remember_integration(draft, id, it);
}

/// What an integration that a method brings is called: like the method.
fn remember_integration(draft: &mut Draft, route: RouteId, it: Resource<'_>) {
    if let RouteTarget::Integration(id, _) = draft.ir.routes[route].target {
        debug_assert!(id.index() < draft.ir.integrations.len());
        draft.called(Generated::Integration(id), &it.id.value);
    }
}

/// Who may call. A type that is not known, and an authorizer of another stack, are unknown.
fn authorization(cx: &Reading<'_>, draft: &mut Draft, of: &Raw) -> (Authorization, AuthorizationSource) {
    let authorizer = of.get("AuthorizerId").filter(|it| is_there(it));
    let Some(sort) = draft.text_of(of, "AuthorizationType") else {
        return match authorizer {
            Some(it) => (Authorization::Unknown, AuthorizationSource::Stated(it.span)),
            None => (Authorization::None, AuthorizationSource::Nowhere),
        };
    };
    let stated = AuthorizationSource::Stated(sort.span);
    let authorization = match &sort.value {
        Value::Known(it) if &**it == "NONE" => Authorization::None,
        Value::Known(it) if &**it == "AWS_IAM" => Authorization::Iam,
        Value::Known(it) if matches!(&**it, "CUSTOM" | "COGNITO_USER_POOLS") => {
            let id = authorizer.and_then(|it| written(&cx.scope, it));
            let id = id.as_deref().and_then(sole_hole).and_then(|it| draft.authorizers.get(it.0));
            id.map_or(Authorization::Unknown, |id| Authorization::Authorizer(*id))
        }
        _ => Authorization::Unknown,
    };
    (authorization, stated)
}

/// What requests are checked for: what is declared, as far as the validator looks at it.
fn validation(cx: &Reading<'_>, draft: &mut Draft, parts: &Parts, of: &Raw) -> Option<Box<Validation>> {
    let validator = of.get("RequestValidatorId").filter(|it| is_there(it))?;
    let validator = written(&cx.scope, validator)?;
    let (body, parameters) = *parts.validators.get(sole_hole(&validator)?.0)?;
    let mut out = Validation::default();
    if body {
        for (media_type, model) in draft.pairs_of(of, "RequestModels") {
            if let Some(id) = model_id(cx, draft, &model.value) {
                out.body.push((Some(media_type), id, model.span));
            }
        }
    }
    if parameters {
        for (name, required) in draft.pairs_of(of, "RequestParameters") {
            if required.value.as_str() != Some("true") {
                continue;
            }
            let part = |prefix: &str| {
                let part = name.value.strip_prefix(prefix)?;
                Some(Spanned::new(part.into(), name.span))
            };
            out.headers.extend(part("method.request.header."));
            out.query.extend(part("method.request.querystring."));
        }
    }
    (!out.body.is_empty() || out.checks_parameters()).then(|| Box::new(out))
}

/// A model that is named by its name or by a reference.
pub(super) fn model_id(
    cx: &Reading<'_>,
    draft: &Draft,
    it: &Value<gatewright_ir::Text>,
) -> Option<gatewright_ir::ModelId> {
    match it {
        Value::Known(name) => draft.models.get(name).copied(),
        Value::Deferred(raw) => {
            let text = written(&cx.scope, raw)?;
            draft.models.get(sole_hole(&text)?.0).copied()
        }
    }
}
