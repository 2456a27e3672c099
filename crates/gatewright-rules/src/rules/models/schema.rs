//! JSON Schema, draft 4, as models are written in it.
//!
//! Source: <https://json-schema.org/draft-04/draft-fge-json-schema-validation-00>.

use std::cell::RefCell;

use gatewright_ir::{Data, Id as _, Ir, ModelId, Name, Raw};
use rustc_hash::FxHashMap;

/// The types of a value.
pub(super) const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Calls `visit` with a schema and with all schemas in it. What CloudFormation works out is none of them.
pub(super) fn each<'s>(schema: &'s Raw, visit: &mut impl FnMut(&'s Raw, &'s [(Name, Raw)])) {
    let Data::Map(keywords) = &schema.data else { return };
    if schema.function().is_some() {
        return;
    }
    visit(schema, keywords);
    for (keyword, it) in keywords {
        match (&*keyword.value, &it.data) {
            ("properties" | "patternProperties" | "definitions" | "dependencies", Data::Map(entries)) => {
                entries.iter().for_each(|it| each(&it.1, visit));
            }
            ("allOf" | "anyOf" | "oneOf" | "items", Data::List(items)) => {
                items.iter().for_each(|it| each(it, visit));
            }
            ("items" | "additionalItems" | "additionalProperties" | "not", Data::Map(_)) => each(it, visit),
            _ => {}
        }
    }
}

/// The schemas that requests are checked with: all of them, or of a definition in OpenAPI, which also describes what
/// nobody checks, those that some request is checked with.
pub(super) fn checked(ir: &Ir) -> Vec<&Raw> {
    if ir.provenance.definition().is_none() {
        return ir.models.values().filter_map(|it| it.schema.as_ref()).collect();
    }
    checked_bodies(ir)
}

/// The schemas that the bodies of some requests are checked with, and those that they name.
pub(super) fn checked_bodies(ir: &Ir) -> Vec<&Raw> {
    let models = Models::new(ir);
    let bodies = ir.routes.values().filter_map(|it| it.validation.as_ref()).flat_map(|it| &it.body);
    let mut rest: Vec<ModelId> = bodies.map(|it| it.1).collect();
    let mut seen = vec![false; ir.models.len()];
    let mut out = Vec::new();
    while let Some(id) = rest.pop() {
        if std::mem::replace(&mut seen[id.index()], true) {
            continue;
        }
        let Some(schema) = &ir.models[id].schema else { continue };
        out.push(schema);
        each(schema, &mut |it, _| {
            let name = it.get("$ref").and_then(Raw::as_str).and_then(name_of_model);
            rest.extend(name.and_then(|it| models.find(it)));
        });
    }
    out
}

/// What a `$ref` leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A part of the same schema.
    Inside,
    /// Another model.
    Model(ModelId),
    /// Nothing.
    Nothing,
}

/// Models by their names.
#[derive(Debug)]
pub(super) struct Models<'i> {
    names: FxHashMap<&'i str, ModelId>,
    sorted: Vec<&'i str>,
    /// The mappings that references led through, by where they lie: a schema may refer to thousands of its parts.
    parts: RefCell<FxHashMap<*const Raw, FxHashMap<&'i str, &'i Raw>>>,
}

impl<'i> Models<'i> {
    pub(super) fn new(ir: &'i Ir) -> Self {
        let names: FxHashMap<&str, ModelId> =
            ir.models.iter().map(|(id, it)| (&*it.name.value, id)).collect();
        let mut sorted: Vec<&str> = names.keys().copied().collect();
        sorted.sort_unstable();
        Self { names, sorted, parts: RefCell::default() }
    }

    /// The model with a name.
    pub(super) fn find(&self, name: &str) -> Option<ModelId> {
        self.names.get(name).copied()
    }

    /// All names.
    pub(super) fn names(&self) -> impl Iterator<Item = &'i str> {
        self.sorted.iter().copied()
    }

    /// What a `$ref` in a schema leads to.
    pub(super) fn target(&self, schema: &'i Raw, reference: &str) -> Target {
        let inside = reference.strip_prefix('#').filter(|it| self.points_into(schema, it));
        if inside.is_some() {
            return Target::Inside;
        }
        name_of_model(reference).and_then(|it| self.find(it)).map_or(Target::Nothing, Target::Model)
    }

    /// Whether a JSON pointer leads to something.
    fn points_into(&self, schema: &'i Raw, pointer: &str) -> bool {
        let mut at = Some(schema);
        let mut steps = pointer.split('/');
        if steps.next() != Some("") {
            return false;
        }
        for step in steps {
            at = at.and_then(|it| match &it.data {
                Data::List(items) => items.get(step.parse::<usize>().ok()?),
                _ => self.part(it, &step.replace("~1", "/").replace("~0", "~")),
            });
        }
        at.is_some()
    }

    /// The value under a key of a mapping.
    fn part(&self, of: &'i Raw, key: &str) -> Option<&'i Raw> {
        let Data::Map(entries) = &of.data else { return None };
        let mut parts = self.parts.borrow_mut();
        // Of two equal keys the first counts.
        let parts = parts
            .entry(std::ptr::from_ref(of))
            .or_insert_with(|| entries.iter().rev().map(|(name, it)| (&*name.value, it)).collect());
        parts.get(key).copied()
    }
}

/// The name of the model in a `$ref`: as OpenAPI has it, or as API Gateway itself does.
///
/// Source: API Gateway Developer Guide, "Data models for REST APIs".
pub(in crate::rules) fn name_of_model(reference: &str) -> Option<&str> {
    const PLACES: [&str; 4] = ["#/models/", "#/components/schemas/", "#/definitions/", "/models/"];
    PLACES.iter().find_map(|it| Some(reference.rsplit_once(it)?.1))
}
