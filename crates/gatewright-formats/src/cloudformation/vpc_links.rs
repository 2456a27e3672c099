//! VPC links of both sorts: `AWS::ApiGatewayV2::VpcLink` and `AWS::ApiGateway::VpcLink`.

use gatewright_ir::{Generated, Id as _, Link, Name, VpcLink, VpcLinkId};
use gatewright_spec::{Data, Raw};

use crate::draft::{Draft, Reading};
use crate::written::{sole_hole, written};

/// The link that an integration's `ConnectionId` names: one of the template, or one that exists.
pub(crate) fn link(cx: &Reading<'_>, draft: &mut Draft, it: &Raw) -> Link {
    let Some(text) = written(&draft.scope, it) else { return Link::Unknown };
    let (name, of) = match sole_hole(&text) {
        Some((name, None | Some("VpcLinkId"))) => (name, cx.scope.resource(name)),
        _ => (&*text, None),
    };
    if let Some(known) = draft.vpc_links.get(name) {
        return Link::Known(*known, it.span);
    }
    let id = VpcLinkId::from_index(draft.ir.vpc_links.len());
    let called = Name::new(name.into(), it.span);
    let (is_new, is_old) = of.map_or((false, false), |of| {
        (of.0 == "AWS::ApiGatewayV2::VpcLink", of.0 == "AWS::ApiGateway::VpcLink")
    });
    let link = match of {
        Some((_, of)) if is_new || is_old => {
            draft.called(Generated::VpcLink(id), &name.into());
            let targets = draft.inner(of, "TargetArns").filter(|_| is_old);
            let target = targets.and_then(|it| match &it.data {
                Data::List(items) => items.first().map(|it| draft.text(it)),
                _ => Some(draft.text(&it)),
            });
            VpcLink {
                name: draft.name(Generated::VpcLink(id), of.get("Name"), &called),
                existing: None,
                subnets: draft.list_of(of, "SubnetIds"),
                security_groups: draft.list_of(of, "SecurityGroupIds"),
                target,
            }
        }
        _ => VpcLink {
            name: called,
            existing: Some(draft.text(it)),
            subnets: None,
            security_groups: None,
            target: None,
        },
    };
    draft.vpc_links.insert(name.into(), id);
    draft.ir.vpc_links.push(link);
    Link::Known(id, it.span)
}
