//! `AWS::ApiGatewayV2::Route`.

use gatewright_ir::{
    ApiKind, Authorization, AuthorizationSource, Generated, Id as _, Name, Route, RouteId, RouteTarget, Span,
    Validation, Value,
};
use gatewright_spec::Raw;

use super::super::Resource;
use super::Parts;
use crate::draft::{Draft, Reading, is_there, known_text};
use crate::written::{sole_hole, written};

/// Reads a route.
pub(super) fn route(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let of = it.properties;
    let id = RouteId::from_index(draft.ir.routes.len());
    let key = draft.name(Generated::Route(id), of.get("RouteKey"), it.id);
    let key = draft.key(key.value, key.span);
    let (authorization, authorization_source) = authorization(cx, draft, of);
    let route = Route {
        target: target(cx, draft, parts, of, key.value.as_str()),
        authorization,
        authorization_source,
        scopes: draft.texts_of(of, "AuthorizationScopes"),
        settings: None,
        api_key: api_key(draft, of),
        validation: validation(draft, of).map(Box::new),
        cache_key: Vec::new(),
        cache_key_unknown: false,
        response: draft.text_of(of, "RouteResponseSelectionExpression").map(|it| it.span),
        public: None,
        operation_name: draft.name_of(of, "OperationName").map(Box::new),
        description: None,
        key,
    };
    parts.routes.insert(it.id.value.clone(), id);
    parts.keys.entry(route.key.value.as_str().into()).or_insert(id);
    draft.ir.routes.push(route);
    draft.called(Generated::Route(id), &it.id.value);
    // Which route it is, and so which are missing, is not known.
    draft.ir.api.routes_unknown |= draft.ir.provenance.is_deferred(Generated::Route(id));
    if let Some(condition) = it.condition {
        draft.ir.provenance.conditions.insert(id, condition.into());
    }
}

/// Where `integrations/ID` leads.
fn target(cx: &Reading<'_>, draft: &Draft, parts: &Parts, of: &Raw, key: &str) -> RouteTarget {
    let Some(it) = of.get("Target").filter(|it| is_there(it)) else {
        let needs_none = draft.ir.api.kind == ApiKind::WebSocket && matches!(key, "$connect" | "$disconnect");
        return if needs_none { RouteTarget::Nothing } else { RouteTarget::Missing };
    };
    let text = written(&cx.scope, it);
    let named = text.as_deref().and_then(|it| it.strip_prefix("integrations/")).and_then(sole_hole);
    match named {
        Some((name, None | Some("IntegrationId"))) => {
            let found = parts.integrations.get(name);
            found.map_or(RouteTarget::Unknown, |id| RouteTarget::Integration(*id, it.span))
        }
        _ => RouteTarget::Unknown,
    }
}

/// Who may call.
pub(super) fn authorization(
    cx: &Reading<'_>,
    draft: &mut Draft,
    of: &Raw,
) -> (Authorization, AuthorizationSource) {
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
        Some("JWT" | "CUSTOM") => {
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
fn api_key(draft: &mut Draft, of: &Raw) -> Option<Span> {
    let flag = draft.flag_of(of, "ApiKeyRequired")?;
    (flag.value.known() != Some(&false)).then_some(flag.span)
}

/// What requests are checked for.
fn validation(draft: &mut Draft, of: &Raw) -> Option<Validation> {
    let mut out = Validation::default();
    for (key, model) in draft.pairs_of(of, "RequestModels") {
        let span = model.span;
        let named = match &model.value {
            Value::Deferred(it) => {
                written(&draft.scope, it).and_then(|it| Some(sole_hole(&it)?.0.to_owned()))
            }
            Value::Known(_) => known_text(model).map(|it| it.value.to_string()),
        };
        let key = Some(key).filter(|it| &*it.value != "$default");
        match named.and_then(|it| draft.models.get(&*it).copied()) {
            Some(id) => out.body.push((key, id, span)),
            None => draft.ir.api.unknown_model = true,
        }
    }
    let parameters = draft.inner(of, "RequestParameters");
    for (name, it) in parameters.map(|it| draft.entries(&it)).unwrap_or_default() {
        let is_required = draft.flag_of(&it, "Required").is_some_and(|it| it.value.known() == Some(&true));
        if !is_required {
            continue;
        }
        let short = |short: &str| Name::new(short.into(), name.span);
        if let Some(it) = name.value.strip_prefix("route.request.header.") {
            out.headers.push(short(it));
        } else if let Some(it) = name.value.strip_prefix("route.request.querystring.") {
            out.query.push(short(it));
        }
    }
    (!out.body.is_empty() || out.checks_parameters()).then_some(out)
}
