//! What only WebSocket APIs have: `AWS::ApiGatewayV2::Model`, `IntegrationResponse` and `RouteResponse`.

use gatewright_ir::{Generated, Id as _, IntegrationResponse, Model, ModelId, Name, RouteTarget, Spanned};
use gatewright_spec::Data;

use super::super::Resource;
use super::Parts;
use super::integrations::{content_handling, templates};
use crate::draft::{Draft, Reading, known_text};
use crate::written::{sole_hole, written};

/// Reads a model.
pub(super) fn model(_: &Reading<'_>, draft: &mut Draft, _: &mut Parts, it: Resource<'_>) {
    let id = ModelId::from_index(draft.ir.models.len());
    let name = draft.name(Generated::Model(id), it.properties.get("Name"), it.id);
    let schema = draft.inner(it.properties, "Schema").filter(|it| matches!(it.data, Data::Map(_)));
    draft.models.insert(name.value.clone(), id);
    // Some name it by a reference.
    draft.models.insert(it.id.value.clone(), id);
    draft.ir.models.push(Model { name, schema });
    draft.called(Generated::Model(id), &it.id.value);
}

/// Reads a response of an integration.
pub(super) fn integration_response(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let of = it.properties;
    let Some(integration) =
        part(cx, it, "IntegrationId").and_then(|id| parts.integrations.get(&*id).copied())
    else {
        return;
    };
    let pattern = draft.text_of(of, "IntegrationResponseKey").and_then(known_text);
    let is_known = pattern.is_some();
    let mut pattern = pattern.unwrap_or_else(|| it.id.clone());
    // A regular expression stands between slashes there.
    if let Some(bare) = pattern.value.strip_prefix('/').and_then(|it| it.strip_suffix('/')) {
        pattern.value = bare.into();
    }
    let headers = draft.pairs_of(of, "ResponseParameters");
    let headers = headers.into_iter().filter_map(|(name, value)| {
        let header = header(&name.value)?.into();
        Some((Name::new(header, name.span), value))
    });
    let response = IntegrationResponse {
        status: Spanned::new(200, pattern.span),
        pattern,
        templates: templates(draft, of, "ResponseTemplates"),
        headers: headers.collect(),
        content_handling: content_handling(draft, of, "ContentHandlingStrategy"),
        model: None,
    };
    let transformation = draft.ir.integrations[integration].transformation.get_or_insert_default();
    transformation.responses_stated = true;
    transformation.responses_unknown |= !is_known;
    if is_known {
        transformation.responses.push(response);
        let at = transformation.responses.len() - 1;
        draft.called(Generated::IntegrationResponse(integration, at), &it.id.value);
    }
}

/// Reads what the answer of a route is. Whether it is sent, the route says itself.
///
/// Source: API Gateway Developer Guide, "Set up route responses for WebSocket APIs in API Gateway".
pub(super) fn route_response(cx: &Reading<'_>, draft: &mut Draft, parts: &mut Parts, it: Resource<'_>) {
    let Some(id) = part(cx, it, "RouteId").and_then(|id| parts.routes.get(&*id).copied()) else { return };
    let target = draft.ir.routes[id].target;
    draft.called(Generated::RouteResponse(id), &it.id.value);
    let models = draft.pairs_of(it.properties, "ResponseModels");
    let named = models.into_iter().find(|it| &*it.0.value == "$default").and_then(|it| known_text(it.1));
    if let (Some(named), RouteTarget::Integration(integration, _)) = (named, target)
        && let Some(model) = draft.models.get(&named.value).copied()
        && let Some(transformation) = &mut draft.ir.integrations[integration].transformation
        && let Some(default) = transformation.responses.iter_mut().find(|it| it.is_default())
    {
        default.model = Some((model, named.span));
    }
}

/// The part of the API that a property names.
fn part(cx: &Reading<'_>, it: Resource<'_>, key: &str) -> Option<String> {
    let text = written(&cx.scope, it.properties.get(key)?)?;
    match sole_hole(&text) {
        Some((name, None | Some("IntegrationId" | "RouteId"))) => Some(name.to_owned()),
        _ => None,
    }
}

/// The header in `method.response.header.NAME` or `route.response.header.NAME`.
fn header(name: &str) -> Option<&str> {
    name.strip_prefix("method.response.header.").or_else(|| name.strip_prefix("route.response.header."))
}
