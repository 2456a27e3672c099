//! `AWS::ApiGatewayV2::Integration`

use gatewright_ir::{Generated, IntegrationId};
use serde_json::Value;

use super::selection;
use super::template::Template;
use crate::binding::{Bindings, Integration, conversion, passthrough, templates};
use crate::intrinsic::reference;
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>, it: &Integration) {
    let mut responses = Object::new();
    for (status, changes) in &it.response_parameters {
        let changes = changes.iter().map(|(destination, source)| {
            Value::from(Object::new().set("Destination", destination.as_str()).set("Source", source.clone()))
        });
        let changes: Vec<Value> = changes.collect();
        responses = responses.set(status, Object::new().set("ResponseParameters", changes));
    }
    let tls = it.server_name.clone().map(|it| Object::new().set("ServerNameToVerify", it));
    let properties = Object::new()
        .set("ApiId", reference(&cx.id(Generated::Api)))
        .maybe("Description", it.description.as_deref())
        .set("IntegrationType", it.kind)
        .maybe("IntegrationSubtype", it.subtype.as_deref())
        .maybe("IntegrationMethod", it.method.as_deref())
        .maybe("IntegrationUri", it.uri.clone())
        .maybe("ConnectionType", it.connection.as_ref().map(|_| "VPC_LINK"))
        .maybe("ConnectionId", it.connection.clone())
        .maybe("TlsConfig", tls)
        .maybe("CredentialsArn", it.credentials.clone())
        .object("RequestParameters", it.request_parameters.clone())
        .object("ResponseParameters", responses)
        .set("PayloadFormatVersion", it.payload.as_str())
        .maybe("TimeoutInMillis", it.timeout.clone());
    template.add(&it.id, "AWS::ApiGatewayV2::Integration", properties);
}

/// Adds an integration of a WebSocket API.
pub(super) fn emit_websocket(
    cx: &Bindings<'_>,
    template: &mut Template<'_>,
    id: IntegrationId,
    it: &Integration,
) {
    let transformation = cx.ir.integrations[id].transformation.as_deref();
    let requests = transformation.map(|it| &it.request[..]).unwrap_or_default();
    let unmatched = transformation.and_then(|it| it.passthrough_behavior).map(|it| passthrough(it.value));
    let content_handling = transformation.and_then(|it| it.content_handling);
    let properties = Object::new()
        .set("ApiId", reference(&cx.id(Generated::Api)))
        .maybe("Description", it.description.as_deref())
        .set("IntegrationType", it.kind)
        .maybe("IntegrationMethod", it.method.as_deref())
        .maybe("IntegrationUri", it.uri.clone())
        .maybe("ConnectionType", it.connection.as_ref().map(|_| "VPC_LINK"))
        .maybe("ConnectionId", it.connection.clone())
        .maybe("CredentialsArn", it.credentials.clone())
        .object("RequestParameters", it.request_parameters.clone())
        .object("RequestTemplates", templates(requests))
        .maybe("TemplateSelectionExpression", selection::of_templates(cx.ir, requests))
        .maybe("PassthroughBehavior", unmatched)
        .maybe("ContentHandlingStrategy", content_handling.map(|it| conversion(it.value)))
        .maybe("TimeoutInMillis", it.timeout.clone());
    template.add(&it.id, "AWS::ApiGatewayV2::Integration", properties);
}
