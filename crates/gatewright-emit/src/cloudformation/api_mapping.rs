//! `AWS::ApiGatewayV2::ApiMapping`, `AWS::ApiGateway::BasePathMapping` and `AWS::ApiGateway::BasePathMappingV2`: which
//! stage answers under which path of a domain name.

use gatewright_ir::{Domain, DomainId, EndpointType, Generated};
use serde_json::Value;

use super::domain_name::{Family, family};
use super::template::Template;
use crate::artifact::Note;
use crate::binding::Bindings;
use crate::intrinsic::{attribute, reference};
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>, id: DomainId, domain: &Domain) {
    let family = family(cx, domain);
    if family == Family::Private && domain.existing {
        template.notes.push(Note::new(format!(
            "no mapping is made for `{}`: an existing private domain name is found by its ARN, which is not known here",
            domain.name.value
        )));
        return;
    }
    let created = cx.id(Generated::Domain(id));
    let name: Value = match domain.existing {
        true => (*domain.name.value).into(),
        false => reference(&created),
    };
    for (at, mapping) in domain.mappings.iter().enumerate() {
        let Some(stage) = mapping.stage.filter(|it| cx.stages.contains(it)) else { continue };
        let path = Some(mapping.path()).filter(|it| !it.is_empty());
        let api = reference(&cx.id(Generated::Api));
        let stage = reference(&cx.id(Generated::Stage(stage)));
        // Only this one has paths with several segments, and it knows regional domain names only.
        let is_deep = path.is_some_and(|it| it.contains('/')) && domain.endpoint == EndpointType::Regional;
        let (kind, properties) = match family {
            Family::Private => {
                let properties = Object::new()
                    .set("DomainNameArn", attribute(&created, "DomainNameArn"))
                    .set("RestApiId", api)
                    .set("Stage", stage)
                    .maybe("BasePath", path);
                ("AWS::ApiGateway::BasePathMappingV2", properties)
            }
            Family::Public if !is_deep => {
                let properties = Object::new()
                    .set("DomainName", name.clone())
                    .set("RestApiId", api)
                    .set("Stage", stage)
                    .maybe("BasePath", path);
                ("AWS::ApiGateway::BasePathMapping", properties)
            }
            Family::V2 | Family::Public => {
                let properties = Object::new()
                    .set("DomainName", name.clone())
                    .set("ApiId", api)
                    .set("Stage", stage)
                    .maybe("ApiMappingKey", path);
                ("AWS::ApiGatewayV2::ApiMapping", properties)
            }
        };
        template.add(&cx.id(Generated::Mapping(id, at)), kind, properties);
    }
}
