//! `AWS::ApiGatewayV2::VpcLink`

use gatewright_ir::{Generated, VpcLink};

use super::template::Template;
use crate::binding::Bindings;
use crate::limits;
use crate::list::list;
use crate::object::{Object, json, tags};

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    let created = cx.ir.vpc_links.iter().filter(|it| it.1.existing.is_none() && it.1.target.is_none());
    for (id, it) in created {
        let many = |it: &gatewright_ir::Located<Vec<_>>| json(it, |it| list(cx.ir, it));
        let properties = Object::new()
            .set("Name", name(cx, it))
            .maybe("SubnetIds", it.subnets.as_ref().map(many))
            .maybe("SecurityGroupIds", it.security_groups.as_ref().map(many))
            .object("Tags", tags(&cx.ir.api.tags, &[]));
        template.add(&cx.id(Generated::VpcLink(id)), "AWS::ApiGatewayV2::VpcLink", properties);
    }
}

/// The name of a link in the account.
pub(super) fn name(cx: &Bindings<'_>, it: &VpcLink) -> String {
    let name = format!("{}-{}", cx.ir.api.name.value, it.name.value);
    name.chars().take(limits::VPC_LINK_NAME).collect()
}
