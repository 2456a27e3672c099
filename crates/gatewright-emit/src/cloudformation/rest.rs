//! What the template of a REST API holds, in its order.

use super::nested::Split;
use super::template::Template;
use super::{
    Context, account, alarm, client_certificate, documentation, domain_name, usage_plan, web_acl_association,
};

pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>, _split: &mut Split) {
    let bindings = &cx.bindings;
    account::emit(bindings, template);
    client_certificate::emit(bindings, template);
    documentation::emit(cx, template);
    for id in &bindings.stages {
        // Stages wait for both.
        let _ = (account::needed_by(bindings, *id), documentation::needed_by(bindings, *id));
    }
    usage_plan::emit(bindings, template);
    web_acl_association::emit(bindings, template);
    domain_name::emit(bindings, template);
    alarm::emit(bindings, template);
}
