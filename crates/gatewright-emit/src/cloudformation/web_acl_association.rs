//! `AWS::WAFv2::WebACLAssociation`: the web ACL of a stage of a REST API.

use gatewright_ir::Generated;

use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::Text;
use crate::object::{Object, text};

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    for id in &cx.stages {
        let Some(acl) = &cx.ir.stages[*id].web_acl else { continue };
        // The stage's resource, not its name: the association must wait for it.
        let stage = Text::new("arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/")
            .id(&cx.id(Generated::Api))
            .sub("/stages/")
            .id(&cx.id(Generated::Stage(*id)));
        let properties = Object::new().set("ResourceArn", stage.finish()).set("WebACLArn", text(acl));
        let logical_id = cx.id(Generated::WebAclAssociation(*id));
        template.add(&logical_id, "AWS::WAFv2::WebACLAssociation", properties);
    }
}
