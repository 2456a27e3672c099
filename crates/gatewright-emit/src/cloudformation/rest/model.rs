//! `AWS::ApiGateway::Model`

use std::cell::RefCell;

use gatewright_ir::{Generated, Id, ModelId};
use rustc_hash::FxHashSet;
use serde_json::Value;

use super::api;
use crate::binding::Bindings;
use crate::cloudformation::template::Template;
use crate::intrinsic::Text;
use crate::object::Object;

pub(super) fn emit(cx: &Bindings<'_>, template: &mut Template<'_>) {
    let circles = Circles::new(cx);
    for (id, schema) in cx.models(|id| url(cx, id)) {
        let schema = circles.whole(cx, id).unwrap_or(schema);
        let properties = Object::new()
            .set("RestApiId", api(cx))
            .set("Name", &*cx.ir.models[id].name.value)
            .set("ContentType", "application/json")
            .set("Schema", schema);
        template.add(&cx.id(Generated::Model(id)), "AWS::ApiGateway::Model", properties);
    }
}

/// How one model names another. CloudFormation sees by it which of them comes first.
///
/// Source: API Gateway Developer Guide, "Data models for REST APIs".
fn url(cx: &Bindings<'_>, id: ModelId) -> Value {
    let url =
        Text::new("https://apigateway.amazonaws.com/restapis/").id(&cx.id(Generated::Api)).sub("/models/");
    url.id(&cx.id(Generated::Model(id))).finish()
}

/// Which models name which, as far as they may name each other in a circle: CloudFormation can make neither of two
/// resources first, and none before itself.
struct Circles {
    /// For each model, those that it names and that may lead back.
    named: Vec<Vec<ModelId>>,
}

impl Circles {
    fn new(cx: &Bindings<'_>) -> Self {
        let count = cx.ir.models.len();
        let mut named: Vec<Vec<ModelId>> = vec![Vec::new(); count];
        let mut users: Vec<Vec<ModelId>> = vec![Vec::new(); count];
        let found = RefCell::new(Vec::new());
        for id in cx.ir.models.ids() {
            drop(cx.model(id, |it| {
                found.borrow_mut().push(it);
                Value::Null
            }));
            let all = &mut named[id.index()];
            all.append(&mut found.borrow_mut());
            all.sort_unstable();
            all.dedup();
            all.iter().for_each(|it| users[it.index()].push(id));
        }
        // A model that names none leads nowhere, and so does one of which all that it names do.
        let mut open: Vec<usize> = named.iter().map(Vec::len).collect();
        let mut done: Vec<usize> = (0..count).filter(|it| open[*it] == 0).collect();
        while let Some(it) = done.pop() {
            for user in std::mem::take(&mut users[it]) {
                open[user.index()] -= 1;
                if open[user.index()] == 0 {
                    done.push(user.index());
                }
            }
        }
        for all in &mut named {
            all.retain(|it| open[it.index()] > 0);
        }
        Self { named }
    }

    /// All models that one leads to, in order.
    fn reached(&self, from: ModelId) -> Vec<ModelId> {
        let mut seen = FxHashSet::default();
        let mut rest = self.named[from.index()].clone();
        while let Some(it) = rest.pop() {
            if seen.insert(it) {
                rest.extend(&self.named[it.index()]);
            }
        }
        let mut out: Vec<ModelId> = seen.into_iter().collect();
        out.sort_unstable();
        out
    }

    /// The schema of a model that leads back to itself, with those on the way as its definitions.
    fn whole(&self, cx: &Bindings<'_>, id: ModelId) -> Option<Value> {
        let reached = self.reached(id);
        if !reached.contains(&id) {
            return None;
        }
        let back = |it: &ModelId| *it != id && self.reached(*it).contains(&id);
        let circle: Vec<ModelId> = reached.into_iter().filter(back).collect();
        let place = |it: ModelId| -> Value {
            match it {
                it if it == id => "#".into(),
                it if circle.contains(&it) => format!("#/definitions/{}", cx.ir.models[it].name.value).into(),
                it => url(cx, it),
            }
        };
        let mut schema = cx.model(id, place)?;
        if let (false, Some(map)) = (circle.is_empty(), schema.as_object_mut()) {
            let definitions = map.entry("definitions").or_insert_with(|| Object::new().into());
            if let Some(definitions) = definitions.as_object_mut() {
                for it in &circle {
                    let name = cx.ir.models[*it].name.value.to_string();
                    definitions.insert(name, cx.model(*it, place)?);
                }
            }
        }
        Some(schema)
    }
}
