//! What the template of a WebSocket API holds, in its order. Each part of it is a resource, whatever the layout.

use super::nested::Split;
use super::template::Template;
use super::{
    Context, account, alarm, api, authorizer, client_certificate, domain_name, integration,
    integration_response, model, permission, role, route, route_response, stage, usage_plan, vpc_link,
};

pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>, split: &mut Split) {
    let bindings = &cx.bindings;
    let ir = bindings.ir;
    api::emit_websocket(cx, template);
    vpc_link::emit(bindings, template);
    model::emit(bindings, template);
    for (id, it) in bindings.integrations() {
        let role = role::for_integration(bindings, template, id);
        integration::emit_websocket(bindings, template, id, it);
        let responses = integration_response::emit(bindings, template, id, it);
        split.integration(ir, id, &it.id, role.into_iter().chain(responses));
    }
    for (_, it) in bindings.authorizers() {
        authorizer::emit(bindings, template, it);
    }
    for (id, integration) in &bindings.routes {
        let route = route::emit_websocket(bindings, template, *id, Some(*integration));
        let response = route_response::is_answered(bindings, *id, *integration)
            .then(|| route_response::emit(bindings, template, *id, *integration, &route));
        split.route(*integration, route, response);
    }
    for id in &bindings.idle {
        route::emit_websocket(bindings, template, *id, None);
    }
    account::emit(bindings, template);
    client_certificate::emit(bindings, template);
    stage::emit(cx, template);
    permission::emit_with_functions(cx, template, split);
    account::note(bindings, template);
    role::note_connections(bindings, template);
    usage_plan::emit(bindings, template);
    domain_name::emit(bindings, template);
    alarm::emit(bindings, template);
}
