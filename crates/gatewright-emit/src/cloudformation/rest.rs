//! What the template of a REST API holds, in its order.

mod authorizer;
mod gateway_response;
mod method;
mod model;
mod request_validator;
mod resource;
mod rest_api;
mod stage;

pub(super) use rest_api::endpoint;

use gatewright_ir::{Generated, Method as Verb};
use serde_json::Value;

use super::nested::Split;
use super::template::Template;
use super::{
    Context, Layout, account, alarm, client_certificate, documentation, domain_name, permission, role,
    usage_plan, vpc_link, web_acl_association,
};
use crate::artifact::Note;
use crate::binding::{Bindings, Method};
use crate::intrinsic::reference;

pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>, split: &mut Split) {
    let bindings = &cx.bindings;
    rest_api::emit(cx, template);
    vpc_link::emit(bindings, template);
    for (id, _) in bindings.integrations() {
        role::for_integration(bindings, template, id);
    }
    if cx.options.layout == Layout::Resources {
        definition(bindings, template, split);
    }
    account::emit(bindings, template);
    client_certificate::emit(bindings, template);
    documentation::emit(cx, template);
    stage::emit(cx, template);
    web_acl_association::emit(bindings, template);
    permission::emit_with_functions(cx, template, split);
    account::note(bindings, template);
    cors_notes(bindings, template);
    usage_plan::emit(bindings, template);
    domain_name::emit(bindings, template);
    alarm::emit(bindings, template);
}

/// What a body says in one document, as resources.
fn definition(cx: &Bindings<'_>, template: &mut Template<'_>, split: &mut Split) {
    model::emit(cx, template);
    request_validator::emit(cx, template);
    for (_, it) in cx.authorizers() {
        authorizer::emit(cx, template, it);
    }
    gateway_response::emit(cx, template);
    let mut tree = resource::Tree::default();
    for it in &cx.rest.methods {
        let parent = tree.emit(cx, template, it.route);
        method::emit(cx, template, it, parent);
        split.method(&it.id, own_role(cx, template, it).as_deref());
    }
}

/// The role of an integration that no other route can use.
fn own_role(cx: &Bindings<'_>, template: &Template<'_>, it: &Method) -> Option<String> {
    let integration = cx.ir.routes[it.route].target.integration().filter(|_| !it.preflight)?;
    let role = cx.id(Generated::IntegrationRole(integration));
    (cx.ir.integrations[integration].brought && template.resources.contains_key(&role)).then_some(role)
}

/// The id of the API, which nearly all resources have.
fn api(cx: &Bindings<'_>) -> Value {
    reference(&cx.id(Generated::Api))
}

/// Says what CORS leaves to backends, and to the user.
fn cors_notes(cx: &Bindings<'_>, template: &mut Template<'_>) {
    if cx.ir.api.cors.policy().is_none() {
        return;
    }
    let methods = || cx.rest.methods.iter().filter(|it| it.verb != Verb::Options);
    let proxies = methods().filter(|it| it.integration.responses.is_empty());
    template.notes.extend(named(cx, proxies).map(|names| {
        Note::new(format!(
            "cors: what the backends of {names} answer is passed on as it is, so they must send \
             `Access-Control-Allow-Origin` themselves; API Gateway answers preflights and adds the header to its own \
             errors"
        ))
    }));
    if cx.rest.several_origins {
        let fixed = methods().filter(|it| it.integration.responses.iter().any(|it| it.templates.is_empty()));
        template.notes.extend(named(cx, fixed).map(|names| {
            Note::new(format!(
                "cors: some answers of {names} have no mapping template that could choose among the origins, so they let \
                 in only the first: give their `responses` a `body`"
            ))
        }));
    }
}

/// The first of some methods by name, and how many more there are.
fn named<'m>(cx: &Bindings<'_>, methods: impl Iterator<Item = &'m Method>) -> Option<String> {
    let mut names: Vec<String> =
        methods.map(|it| format!("`{}`", cx.ir.routes[it.route].key.value.as_str())).collect();
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    (!names.is_empty()).then(|| names.join(", ") + &more)
}
