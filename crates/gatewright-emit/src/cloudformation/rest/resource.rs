//! `AWS::ApiGateway::Resource`: the tree of paths, segment by segment.

use gatewright_ir::{Generated, RouteId};
use rustc_hash::FxHashSet;
use serde_json::Value;

use super::api;
use crate::binding::Bindings;
use crate::cloudformation::template::Template;
use crate::intrinsic::{attribute, reference};
use crate::object::Object;

/// The segments that are there already.
#[derive(Default)]
pub(super) struct Tree {
    seen: FxHashSet<String>,
}

impl Tree {
    /// Adds the segments of a route's path that are not there yet, and gives the id of the last one.
    pub(super) fn emit(&mut self, cx: &Bindings<'_>, template: &mut Template<'_>, route: RouteId) -> Value {
        let path = cx.ir.routes[route].key.value.path().unwrap_or("/");
        let mut parent = attribute(&cx.id(Generated::Api), "RootResourceId");
        let parts = path[1..].split('/').filter(|_| path != "/");
        for (at, part) in parts.enumerate() {
            let id = cx.id(Generated::PathResource(route, at + 1));
            if self.seen.insert(id.clone()) {
                let properties =
                    Object::new().set("RestApiId", api(cx)).set("ParentId", parent).set("PathPart", part);
                template.add(&id, "AWS::ApiGateway::Resource", properties);
            }
            parent = reference(&id);
        }
        parent
    }
}
