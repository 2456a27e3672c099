//! `AWS::ApiGatewayV2::VpcLink`

use gatewright_ir::Generated;

use super::template::Template;
use crate::binding::Bindings;
use crate::object::{Object, json, tags, texts};

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for (id, it) in cx.ir.vpc_links.iter().filter(|it| it.1.existing.is_none()) {
        let list = |it: &gatewright_ir::Located<Vec<_>>| json(it, |it| texts(it).into());
        let properties = Object::new()
            .set("Name", format!("{}-{}", cx.ir.api.name.value, it.name.value))
            .maybe("SubnetIds", it.subnets.as_ref().map(list))
            .maybe("SecurityGroupIds", it.security_groups.as_ref().map(list))
            .object("Tags", tags(&cx.ir.api.tags, &[]));
        template.add(&cx.id(Generated::VpcLink(id)), "AWS::ApiGatewayV2::VpcLink", properties);
    }
}
