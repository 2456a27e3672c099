//! `AWS::ApiGateway::RequestValidator`

use gatewright_ir::Generated;

use super::api;
use crate::binding::{Bindings, Validator};
use crate::cloudformation::template::Template;
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for it in cx.rest.validators() {
        let properties = Object::new()
            .set("RestApiId", api(cx))
            .set("Name", it.name())
            .set("ValidateRequestBody", it.body)
            .set("ValidateRequestParameters", it.parameters);
        template.add(&id(cx, it), "AWS::ApiGateway::RequestValidator", properties);
    }
}

/// The logical id of a validator.
pub(super) fn id(cx: &Bindings<'_>, it: Validator) -> String {
    cx.id(Generated::Validator { body: it.body, parameters: it.parameters })
}
