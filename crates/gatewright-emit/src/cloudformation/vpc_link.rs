//! `AWS::ApiGatewayV2::VpcLink`, and `AWS::ApiGateway::VpcLink` for links to a network load balancer.

use gatewright_ir::Generated;

use super::template::Template;
use crate::binding::Bindings;
use crate::limits;
use crate::list::list;
use crate::object::{Object, json, tag_list, tags, text};

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for (id, it) in cx.ir.vpc_links.iter().filter(|it| it.1.existing.is_none()) {
        let many = |it: &gatewright_ir::Located<Vec<_>>| json(it, |it| list(cx.ir, it));
        let name = format!("{}-{}", cx.ir.api.name.value, it.name.value);
        let name = name.chars().take(limits::VPC_LINK_NAME).collect::<String>();
        if let Some(target) = &it.target {
            let properties = Object::new()
                .set("Name", name)
                .set("TargetArns", vec![text(target)])
                .list("Tags", tag_list(tags(&cx.ir.api.tags, &[])));
            template.add(&cx.id(Generated::VpcLink(id)), "AWS::ApiGateway::VpcLink", properties);
            continue;
        }
        let properties = Object::new()
            .set("Name", name)
            .maybe("SubnetIds", it.subnets.as_ref().map(many))
            .maybe("SecurityGroupIds", it.security_groups.as_ref().map(many))
            .object("Tags", tags(&cx.ir.api.tags, &[]));
        template.add(&cx.id(Generated::VpcLink(id)), "AWS::ApiGatewayV2::VpcLink", properties);
    }
}
