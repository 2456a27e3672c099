//! `AWS::ApiGateway::DomainNameAccessAssociation`: the VPC endpoints through which a private domain name is reached.

use gatewright_ir::{Domain, DomainId, Generated};

use super::domain_name::{Family, family};
use super::template::Template;
use crate::binding::Bindings;
use crate::intrinsic::attribute;
use crate::object::{Object, tag_list, tags, text};

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>, id: DomainId, domain: &Domain) {
    if family(cx, domain) != Family::Private {
        return;
    }
    for (at, it) in domain.vpc_endpoints.iter().enumerate() {
        let properties = Object::new()
            .set("AccessAssociationSource", text(it))
            .set("AccessAssociationSourceType", "VPCE")
            .set("DomainNameArn", attribute(&cx.id(Generated::Domain(id)), "DomainNameArn"))
            .list("Tags", tag_list(tags(&cx.ir.api.tags, &domain.tags)));
        let logical_id = cx.id(Generated::DomainAccess(id, at));
        template.add(&logical_id, "AWS::ApiGateway::DomainNameAccessAssociation", properties);
    }
}
