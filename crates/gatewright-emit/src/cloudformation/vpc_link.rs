//! `AWS::ApiGatewayV2::VpcLink`

use gatewright_ir::Generated;

use super::template::Template;
use crate::binding::Bindings;
use crate::limits;
use crate::list::list;
use crate::object::{Object, json, tags};

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for (id, it) in cx.ir.vpc_links.iter().filter(|it| it.1.existing.is_none()) {
        let many = |it: &gatewright_ir::Located<Vec<_>>| json(it, |it| list(cx.ir, it));
        let name = format!("{}-{}", cx.ir.api.name.value, it.name.value);
        let properties = Object::new()
            .set("Name", name.chars().take(limits::VPC_LINK_NAME).collect::<String>())
            .maybe("SubnetIds", it.subnets.as_ref().map(many))
            .maybe("SecurityGroupIds", it.security_groups.as_ref().map(many))
            .object("Tags", tags(&cx.ir.api.tags, &[]));
        template.add(&cx.id(Generated::VpcLink(id)), "AWS::ApiGatewayV2::VpcLink", properties);
    }
}
