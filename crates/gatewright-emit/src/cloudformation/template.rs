//! A template under construction: resources, with the user's overrides merged in.

use gatewright_ir::{Ir, Raw};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use crate::artifact::Note;
use crate::intrinsic;
use crate::object::Object;

/// Resources and notes.
pub(super) struct Template<'i> {
    pub(super) resources: Map<String, Value>,
    pub(super) notes: Vec<Note>,
    /// The ids that end in a digest, by what stands before it.
    pub(super) renamed: FxHashMap<String, String>,
    overrides: FxHashMap<&'i str, &'i Raw>,
    used: FxHashSet<String>,
    order: Vec<&'i str>,
}

impl<'i> Template<'i> {
    pub(super) fn new(ir: &'i Ir) -> Self {
        let overrides = &ir.template.overrides;
        Self {
            resources: Map::new(),
            notes: Vec::new(),
            renamed: FxHashMap::default(),
            overrides: overrides.iter().map(|(name, it)| (&*name.value, it)).collect(),
            used: FxHashSet::default(),
            order: overrides.iter().map(|it| &*it.0.value).collect(),
        }
    }

    /// Adds a resource.
    pub(super) fn add(&mut self, id: &str, kind: &str, properties: Object) {
        self.add_with(id, kind, Object::new(), properties);
    }

    /// Adds a resource with attributes such as `DependsOn`.
    pub(super) fn add_with(&mut self, id: &str, kind: &str, attributes: Object, properties: Object) {
        self.insert(id, id, resource(kind, attributes, properties));
    }

    /// Adds a resource whose id is `base` and a digest: overrides and references name it by the base.
    pub(super) fn add_derived(&mut self, base: &str, digest: &str, resource: Value) -> String {
        let id = format!("{base}{digest}");
        self.renamed.insert(base.to_owned(), id.clone());
        self.insert(&id, base, resource);
        id
    }

    /// What an override says about a resource.
    pub(super) fn override_of(&self, id: &str) -> Option<Value> {
        self.overrides.get(id).map(|it| it.to_json())
    }

    fn insert(&mut self, id: &str, base: &str, mut resource: Value) {
        if let Some(change) = self.override_of(base) {
            merge(&mut resource, change);
            self.used.insert(base.to_owned());
        }
        self.resources.insert(id.to_owned(), resource);
    }

    /// Says which overrides met no resource.
    pub(super) fn unused_overrides(&mut self) {
        for id in &self.order {
            if !self.used.contains(*id) {
                let message = format!("`overrides.{id}` has no effect: this build has no such resource");
                self.notes.push(Note::new(message));
            }
        }
    }
}

/// A resource. What is said about it comes before what it is made of.
pub(super) fn resource(kind: &str, attributes: Object, properties: Object) -> Value {
    let mut out = Object::new().set("Type", kind).into_map();
    out.extend(attributes.into_map());
    if !properties.is_empty() {
        out.insert("Properties".to_owned(), properties.into());
    }
    out.into()
}

/// `DeletionPolicy` and `UpdateReplacePolicy`, written out: for what holds data one should not have to guess.
pub(super) fn policies(policy: &str) -> Object {
    Object::new().set("DeletionPolicy", policy).set("UpdateReplacePolicy", policy)
}

/// Merges a change into a value: mappings are merged, `null` removes, everything else replaces.
fn merge(value: &mut Value, change: Value) {
    let whole = intrinsic::function(value).is_some() || intrinsic::function(&change).is_some();
    match (value, change) {
        (Value::Object(map), Value::Object(changes)) if !whole => {
            for (key, change) in changes {
                if change.is_null() {
                    map.shift_remove(&key);
                } else if let Some(old) = map.get_mut(&key) {
                    merge(old, change);
                } else {
                    map.insert(key, change);
                }
            }
        }
        (value, change) => *value = change,
    }
}

#[cfg(test)]
mod tests {
    use super::merge;
    use serde_json::json;

    #[test]
    fn overrides_merge_mappings_and_replace_the_rest() {
        let mut value = json!({ "A": { "b": 1, "c": [1] }, "R": { "Fn::GetAtt": ["X", "Arn"] } });
        merge(&mut value, json!({ "A": { "b": null, "c": [2], "d": {} }, "R": { "Ref": "Y" } }));
        assert_eq!(value, json!({ "A": { "c": [2], "d": {} }, "R": { "Ref": "Y" } }));
    }
}
