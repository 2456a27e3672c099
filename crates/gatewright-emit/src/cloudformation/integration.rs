//! `AWS::ApiGatewayV2::Integration`

use gatewright_ir::Generated;
use serde_json::Value;

use super::template::Template;
use crate::binding::{Bindings, Integration};
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
