//! `AWS::ApiGatewayV2::Route`

use std::collections::BTreeMap;

use gatewright_ir::{Authorization, Generated, IntegrationId, Located, Route, RouteId, Text as IrText};
use serde_json::Value;

use super::template::Template;
use super::{route_response, selection};
use crate::binding::{Bindings, Decision};
use crate::intrinsic::{Text, reference};
use crate::list::list;
use crate::object::Object;

/// Adds a route and gives its logical id.
pub(super) fn emit(
    cx: &Bindings<'_>,
    template: &mut Template<'_>,
    id: RouteId,
    integration: IntegrationId,
) -> String {
    let route = &cx.ir.routes[id];
    let properties = common(cx, route, Some(integration))
        .list("AuthorizationScopes", list(cx.ir, &route.scopes))
        .maybe("OperationName", route.operation_name.as_ref().map(|it| &*it.value));
    let id = cx.id(Generated::Route(id));
    template.add(&id, "AWS::ApiGatewayV2::Route", properties);
    id
}

/// Adds a route of a WebSocket API and gives its logical id.
pub(super) fn emit_websocket(
    cx: &Bindings<'_>,
    template: &mut Template<'_>,
    id: RouteId,
    integration: Option<IntegrationId>,
) -> String {
    let route = &cx.ir.routes[id];
    let bodies = route.validation.iter().flat_map(|it| &it.body);
    let bodies =
        bodies.map(|(key, model, _)| (key.as_ref().map_or(selection::DEFAULT, |it| &*it.value), *model));
    let bodies: Vec<_> = bodies.filter(|it| cx.ir.models[it.1].schema.is_some()).collect();
    let models: Object =
        bodies.iter().map(|(key, it)| ((*key).to_owned(), (*cx.ir.models[*it].name.value).into())).collect();
    let selects = (!bodies.is_empty()).then(|| selection::of_models(cx.ir, bodies.iter().map(|it| it.0)));
    let answered = integration.is_some_and(|it| route_response::is_answered(cx, id, it));
    let properties = common(cx, route, integration)
        .maybe("ApiKeyRequired", route.api_key.map(|_| true))
        .maybe("ModelSelectionExpression", selects)
        .object("RequestModels", models)
        .object("RequestParameters", request_parameters(cx, route, integration))
        .maybe("RouteResponseSelectionExpression", answered.then_some(selection::DEFAULT))
        .maybe("OperationName", route.operation_name.as_ref().map(|it| &*it.value));
    // Models are named, which CloudFormation does not see.
    let mut waits: Vec<Value> = Vec::new();
    for (_, model) in bodies {
        let model = Value::from(cx.id(Generated::Model(model)));
        if !waits.contains(&model) {
            waits.push(model);
        }
    }
    let id = cx.id(Generated::Route(id));
    template.add_with(&id, "AWS::ApiGatewayV2::Route", Object::new().list("DependsOn", waits), properties);
    id
}

fn common(cx: &Bindings<'_>, route: &Route, integration: Option<IntegrationId>) -> Object {
    let (kind, authorizer) = match route.authorization {
        Authorization::None | Authorization::Unknown => ("NONE", None),
        Authorization::Iam => ("AWS_IAM", None),
        Authorization::Authorizer(it) => match cx.authorizer(it) {
            Some(it) if matches!(it.decision, Decision::Jwt { .. }) => ("JWT", Some(&it.id)),
            Some(it) => ("CUSTOM", Some(&it.id)),
            None => ("NONE", None),
        },
    };
    let target = integration.map(|it| Text::new("integrations/").id(&cx.integration(it).id).finish());
    Object::new()
        .set("ApiId", reference(&cx.id(Generated::Api)))
        .set("RouteKey", route.key.value.as_str())
        .maybe("Target", target)
        .set("AuthorizationType", kind)
        .maybe("AuthorizerId", authorizer.map(|it| reference(it)))
}

/// The headers and query parameters of a connection's request that a route needs or whose values its integration is
/// given: API Gateway passes on only what is declared.
fn request_parameters(cx: &Bindings<'_>, route: &Route, integration: Option<IntegrationId>) -> Object {
    let mut out: BTreeMap<String, bool> = BTreeMap::new();
    let mapped = integration.into_iter().flat_map(|it| &cx.ir.integrations[it].request_parameters);
    for it in mapped.filter_map(|it| from_request(&it.source)) {
        out.insert(it.to_owned(), false);
    }
    if let Some(validation) = &route.validation {
        for (place, names) in [("header", &validation.headers), ("querystring", &validation.query)] {
            let names = names.iter().map(|it| format!("route.request.{place}.{}", it.value));
            out.extend(names.map(|it| (it, true)));
        }
    }
    out.into_iter().map(|(name, required)| (name, Object::new().set("Required", required).into())).collect()
}

/// The parameter of the request that a value is, if it is one.
///
/// Source: API Gateway Developer Guide, "Working with data transformations for WebSocket APIs".
fn from_request(source: &Located<IrText>) -> Option<&str> {
    const PLACES: [&str; 4] = ["header.", "querystring.", "multivalueheader.", "multivaluequerystring."];
    let source = source.value.as_str()?;
    let place = source.strip_prefix("route.request.")?;
    PLACES.iter().any(|it| place.starts_with(it)).then_some(source)
}
