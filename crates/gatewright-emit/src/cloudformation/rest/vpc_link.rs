//! `AWS::ApiGateway::VpcLink`: a link of the older sort, to a network load balancer. One with subnets is of API Gateway
//! V2, also where a REST API uses it.

use gatewright_ir::Generated;

use crate::binding::Bindings;
use crate::cloudformation::template::Template;
use crate::cloudformation::vpc_link;
use crate::object::{Object, tag_list, tags, text};

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    vpc_link::emit(cx, template);
    for (id, it) in cx.ir.vpc_links.iter() {
        let (None, Some(target)) = (&it.existing, &it.target) else { continue };
        let properties = Object::new()
            .set("Name", vpc_link::name(cx, it))
            .set("TargetArns", vec![text(target)])
            .list("Tags", tag_list(tags(&cx.ir.api.tags, &[])));
        template.add(&cx.id(Generated::VpcLink(id)), "AWS::ApiGateway::VpcLink", properties);
    }
}
