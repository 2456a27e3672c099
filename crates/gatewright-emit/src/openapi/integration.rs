//! `x-amazon-apigateway-integration`

use crate::binding::Integration;
use crate::object::Object;

/// An integration in OpenAPI's spelling.
pub(crate) fn integration(it: &Integration) -> Object {
    let mut responses = Object::new();
    for (status, changes) in &it.response_parameters {
        responses = responses.set(status, changes.iter().cloned().collect::<Object>());
    }
    let tls = it.server_name.clone().map(|it| Object::new().set("serverNameToVerify", it));
    Object::new()
        .set("type", it.kind.to_ascii_lowercase())
        .maybe("integrationSubtype", it.subtype.as_deref())
        .maybe("httpMethod", it.method.as_deref())
        .maybe("uri", it.uri.clone())
        .maybe("connectionType", it.connection.as_ref().map(|_| "VPC_LINK"))
        .maybe("connectionId", it.connection.clone())
        .maybe("tlsConfig", tls)
        .maybe("credentials", it.credentials.clone())
        .object("requestParameters", it.request_parameters.clone())
        .object("responseParameters", responses)
        .set("payloadFormatVersion", it.payload.as_str())
        .maybe("timeoutInMillis", it.timeout.clone())
}
