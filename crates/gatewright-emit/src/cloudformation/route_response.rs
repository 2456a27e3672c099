//! `AWS::ApiGatewayV2::RouteResponse`: that what the backend answers is sent to the caller.

use gatewright_ir::{Generated, IntegrationId, RouteId};
use serde_json::Value;

use super::selection;
use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::reference;
use crate::object::Object;

/// Whether a route is answered. `$connect` is where its integration is no proxy: what the client is told of the
/// handshake comes from the integration's responses.
pub(super) fn is_answered(cx: &Bindings<'_>, id: RouteId, integration: IntegrationId) -> bool {
    let route = &cx.ir.routes[id];
    let connect = route.key.value.as_str() == "$connect";
    route.response.is_some() || connect && !cx.ir.integrations[integration].is_proxy()
}

/// Adds the response of a route and gives its logical id.
pub(super) fn emit(
    cx: &Bindings<'_>,
    template: &mut Template<'_>,
    id: RouteId,
    integration: IntegrationId,
    route: &str,
) -> String {
    let transformation = cx.ir.integrations[integration].transformation.as_deref();
    let responses = transformation.map(|it| &it.responses[..]).unwrap_or_default();
    let models: Vec<_> =
        responses.iter().filter(|it| it.is_default()).filter_map(|it| Some(it.model?.0)).collect();
    let names =
        models.iter().map(|it| (selection::DEFAULT.to_owned(), (*cx.ir.models[*it].name.value).into()));
    let properties = Object::new()
        .set("ApiId", reference(&cx.id(Generated::Api)))
        .set("RouteId", reference(route))
        .set("RouteResponseKey", selection::DEFAULT)
        .object("ResponseModels", names.collect());
    let waits: Vec<Value> = models.iter().map(|it| cx.id(Generated::Model(*it)).into()).collect();
    let logical_id = cx.id(Generated::RouteResponse(id));
    let attributes = Object::new().list("DependsOn", waits);
    template.add_with(&logical_id, "AWS::ApiGatewayV2::RouteResponse", attributes, properties);
    logical_id
}
