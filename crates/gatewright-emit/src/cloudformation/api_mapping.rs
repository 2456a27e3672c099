//! `AWS::ApiGatewayV2::ApiMapping`

use gatewright_ir::{Domain, DomainId, Generated};
use serde_json::Value;

use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::reference;
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>, id: DomainId, domain: &Domain) {
    let name: Value = match domain.existing {
        true => (*domain.name.value).into(),
        false => reference(&cx.id(Generated::Domain(id))),
    };
    for (at, mapping) in domain.mappings.iter().enumerate() {
        let Some(stage) = mapping.stage.filter(|it| cx.stages.contains(it)) else { continue };
        let path = mapping.path();
        let properties = Object::new()
            .set("DomainName", name.clone())
            .set("ApiId", reference(&cx.id(Generated::Api)))
            .set("Stage", reference(&cx.id(Generated::Stage(stage))))
            .maybe("ApiMappingKey", (!path.is_empty()).then_some(path));
        template.add(&cx.id(Generated::Mapping(id, at)), "AWS::ApiGatewayV2::ApiMapping", properties);
    }
}
