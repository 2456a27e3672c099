//! The schemas of models.

use gatewright_ir::{ModelId, Raw};
use rustc_hash::FxHashMap;
use serde_json::Value;

/// What stands before the name of a model where another one names it: as in OpenAPI, or as API Gateway itself has it.
///
/// Source: API Gateway Developer Guide, "Data models for REST APIs".
const PLACES: [&str; 4] = ["#/models/", "#/components/schemas/", "#/definitions/", "/models/"];

/// A schema; `names` are those of all models, and `reference` says how it names another one.
pub(super) fn schema(
    names: &FxHashMap<&str, ModelId>,
    of: &Raw,
    reference: &impl Fn(ModelId) -> Value,
) -> Value {
    let mut out = of.to_json();
    let own = out.get("definitions").cloned().unwrap_or_default();
    let model = |text: &str| {
        let (place, name) = PLACES.iter().find_map(|it| Some((*it, text.rsplit_once(*it)?.1)))?;
        let local = place == "#/definitions/" && own.get(name).is_some();
        names.get(name).copied().filter(|_| !local)
    };
    point(&mut out, &model, reference);
    out
}

/// Makes references to models what they must be.
fn point(it: &mut Value, model: &impl Fn(&str) -> Option<ModelId>, reference: &impl Fn(ModelId) -> Value) {
    match it {
        Value::Array(items) => items.iter_mut().for_each(|it| point(it, model, reference)),
        Value::Object(map) => {
            for (key, it) in map.iter_mut() {
                match it.as_str().filter(|_| key == "$ref").and_then(model) {
                    Some(id) => *it = reference(id),
                    None => point(it, model, reference),
                }
            }
        }
        _ => {}
    }
}
