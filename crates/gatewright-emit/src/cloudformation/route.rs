//! `AWS::ApiGatewayV2::Route`

use gatewright_ir::{Authorization, Generated, IntegrationId, RouteId};

use super::template::Template;
use crate::binding::{Bindings, Decision};
use crate::intrinsic::{Text, reference};
use crate::list::list;
use crate::object::Object;

/// Adds a route and gives its logical id.
pub(super) fn emit(
    cx: &Bindings<'_>,
    template: &mut Template<'_>,
    id: RouteId,
    integration: IntegrationId,
) -> String {
    let route = &cx.ir.routes[id];
    let (kind, authorizer) = match route.authorization {
        Authorization::None | Authorization::Unknown => ("NONE", None),
        Authorization::Iam => ("AWS_IAM", None),
        Authorization::Authorizer(it) => match cx.authorizer(it) {
            Some(it) if matches!(it.decision, Decision::Jwt { .. }) => ("JWT", Some(&it.id)),
            Some(it) => ("CUSTOM", Some(&it.id)),
            None => ("NONE", None),
        },
    };
    let properties = Object::new()
        .set("ApiId", reference(&cx.id(Generated::Api)))
        .set("RouteKey", route.key.value.as_str())
        .set("Target", Text::new("integrations/").id(&cx.integration(integration).id).finish())
        .set("AuthorizationType", kind)
        .maybe("AuthorizerId", authorizer.map(|it| reference(it)))
        .list("AuthorizationScopes", list(cx.ir, &route.scopes))
        .maybe("OperationName", route.operation_name.as_ref().map(|it| &*it.value));
    let id = cx.id(Generated::Route(id));
    template.add(&id, "AWS::ApiGatewayV2::Route", properties);
    id
}
