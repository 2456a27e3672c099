//! `AWS::ApiGateway::DocumentationPart` and `AWS::ApiGateway::DocumentationVersion`: what routes of a REST API do, and
//! which state of it stages show.

use gatewright_ir::{Generated, Method, StageId};
use serde_json::{Value, json};

use super::template::Template;
use super::{Context, Layout};
use crate::binding::Bindings;
use crate::intrinsic::reference;
use crate::object::Object;

/// Adds the parts, where no body brings them, and the versions that stages show.
pub(super) fn emit(cx: &Context<'_>, template: &mut Template<'_>) {
    let bindings = &cx.bindings;
    let parts = match cx.options.layout {
        Layout::Body => Vec::new(),
        Layout::Resources => parts(bindings, template),
    };
    for id in &bindings.stages {
        let Some(version) = &bindings.ir.stages[*id].documentation_version else { continue };
        let logical_id = bindings.id(Generated::DocumentationVersion(*id));
        if template.resources.contains_key(&logical_id) {
            continue;
        }
        let properties = Object::new()
            .set("RestApiId", reference(&bindings.id(Generated::Api)))
            .set("DocumentationVersion", &*version.value);
        // A version is a snapshot of the parts.
        let attributes = Object::new().list("DependsOn", parts.clone());
        template.add_with(&logical_id, "AWS::ApiGateway::DocumentationVersion", attributes, properties);
    }
}

/// The logical id of the version that a stage shows: the stage only names it, and must wait for it.
pub(super) fn needed_by(cx: &Bindings<'_>, id: StageId) -> Option<String> {
    cx.ir.stages[id].documentation_version.as_ref().map(|_| cx.id(Generated::DocumentationVersion(id)))
}

fn parts(cx: &Bindings<'_>, template: &mut Template<'_>) -> Vec<Value> {
    let mut out = Vec::new();
    for (id, _) in &cx.routes {
        let route = &cx.ir.routes[*id];
        let key = &route.key.value;
        let (Some(description), Some(method), Some(path)) = (&route.description, key.method(), key.path())
        else {
            continue;
        };
        let method = if method == Method::Any { "*" } else { method.as_str() };
        let location = Object::new().set("Type", "METHOD").set("Path", path).set("Method", method);
        let properties = Object::new()
            .set("RestApiId", reference(&cx.id(Generated::Api)))
            .set("Location", location)
            .set("Properties", json!({ "description": &*description.value }).to_string());
        let logical_id = cx.id(Generated::DocumentationPart(*id));
        template.add(&logical_id, "AWS::ApiGateway::DocumentationPart", properties);
        out.push(logical_id.into());
    }
    out
}
