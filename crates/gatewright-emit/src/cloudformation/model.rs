//! `AWS::ApiGatewayV2::Model`: what messages of a WebSocket API look like.

use gatewright_ir::Generated;

use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::reference;
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for (id, it) in cx.ir.models.iter() {
        let Some(schema) = &it.schema else { continue };
        let properties = Object::new()
            .set("ApiId", reference(&cx.id(Generated::Api)))
            .set("Name", &*it.name.value)
            .set("ContentType", "application/json")
            .set("Schema", schema.to_json());
        template.add(&cx.id(Generated::Model(id)), "AWS::ApiGatewayV2::Model", properties);
    }
}
