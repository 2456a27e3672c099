//! What the template of an HTTP API holds, in its order.

use super::nested::Split;
use super::template::Template;
use super::{
    Context, Layout, alarm, api, authorizer, domain_name, integration, permission, role, route, stage,
    vpc_link,
};

pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>, split: &mut Split) {
    let (bindings, options) = (&cx.bindings, &cx.options);
    let ir = bindings.ir;
    api::emit(cx, template);
    vpc_link::emit(bindings, template);
    for (id, it) in bindings.integrations() {
        let role = role::for_integration(bindings, template, id);
        if options.layout == Layout::Resources {
            integration::emit(bindings, template, it);
            split.integration(ir, id, &it.id, role);
        }
    }
    if options.layout == Layout::Resources {
        for (_, it) in bindings.authorizers() {
            authorizer::emit(bindings, template, it);
        }
        for (id, integration) in &bindings.routes {
            split.route(*integration, route::emit(bindings, template, *id, *integration), None);
        }
    }
    stage::emit(cx, template);
    permission::emit_with_functions(cx, template, split);
    domain_name::emit(bindings, template);
    alarm::emit(bindings, template);
}
