//! `AWS::ApiGateway::Model`

use gatewright_ir::{Generated, ModelId};
use serde_json::Value;

use super::api;
use crate::binding::Bindings;
use crate::cloudformation::template::Template;
use crate::intrinsic::Text;
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for (id, schema) in cx.models(|id| url(cx, id)) {
        let properties = Object::new()
            .set("RestApiId", api(cx))
            .set("Name", &*cx.ir.models[id].name.value)
            .set("ContentType", "application/json")
            .set("Schema", schema);
        template.add(&cx.id(Generated::Model(id)), "AWS::ApiGateway::Model", properties);
    }
}

/// How one model names another. CloudFormation sees by it which of them comes first.
///
/// Source: API Gateway Developer Guide, "Data models for REST APIs".
fn url(cx: &Bindings<'_>, id: ModelId) -> Value {
    let url =
        Text::new("https://apigateway.amazonaws.com/restapis/").id(&cx.id(Generated::Api)).sub("/models/");
    url.id(&cx.id(Generated::Model(id))).finish()
}
