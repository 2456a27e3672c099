//! `AWS::ApiGateway::GatewayResponse`

use super::api;
use crate::binding::Bindings;
use crate::cloudformation::template::Template;
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for it in &cx.rest.gateway_responses {
        let properties = Object::new()
            .set("RestApiId", api(cx))
            .set("ResponseType", it.kind.as_str())
            .maybe("StatusCode", it.status.map(|it| it.to_string()))
            .object("ResponseParameters", it.parameters.clone())
            .object("ResponseTemplates", it.templates.clone());
        template.add(&it.id, "AWS::ApiGateway::GatewayResponse", properties);
    }
}
