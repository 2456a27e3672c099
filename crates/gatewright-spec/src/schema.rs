//! The JSON Schema of the language, generated from its types.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::kinds::without;
use crate::{Kind, Spec};

/// The JSON Schema, draft 7 (what editors read), with a new line at its end.
pub fn schema() -> String {
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = false;
    let generated = settings.into_generator().into_root_schema_for::<Spec>().to_value();
    let mut schema = json!({ "$schema": generated["$schema"], "title": "Gatewright" });
    if let (Value::Object(schema), Value::Object(generated)) = (&mut schema, generated) {
        for (key, it) in generated {
            schema.entry(key).or_insert(it);
        }
    }
    allow_own_keys(&mut schema);
    allow_capitals(&mut schema);
    schema["allOf"] = KINDS.map(|(kind, name)| refuse(kind, name)).into();
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// The kinds of API, and what they are called in a specification.
const KINDS: [(Kind, &str); 3] = [(Kind::Http, "http"), (Kind::Rest, "rest"), (Kind::WebSocket, "websocket")];

/// The sections at the top that a kind of API does not have.
fn refuse(kind: Kind, name: &str) -> Value {
    let keys: serde_json::Map<_, _> =
        without(kind, "Spec").map(|key| (key.to_owned(), json!(false))).collect();
    json!({
        "if": { "properties": { "kind": { "enum": [name, name.to_ascii_uppercase()] } }, "required": ["kind"] },
        "then": { "properties": keys }
    })
}

/// Keys that begin with `x-` are the user's own, wherever the language has keys of its own.
fn allow_own_keys(it: &mut Value) {
    match it {
        Value::Object(map) => {
            map.values_mut().for_each(allow_own_keys);
            if map.contains_key("properties") && map.get("additionalProperties") == Some(&json!(false)) {
                map.insert("patternProperties".to_owned(), json!({ "^x-": true }));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(allow_own_keys),
        _ => {}
    }
}

/// AWS writes most words in capitals. As a pattern they are accepted, and editors don't propose them.
fn allow_capitals(it: &mut Value) {
    match it {
        Value::Object(map) => {
            map.values_mut().for_each(allow_capitals);
            let Some(Value::Array(words)) = map.get_mut("oneOf") else { return };
            let all: Option<Vec<_>> = words.iter().map(|it| it["const"].as_str()).collect();
            if let Some(all) = all {
                let pattern = format!("^({})$", all.join("|").to_ascii_uppercase());
                words.push(json!({ "type": "string", "pattern": pattern }));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(allow_capitals),
        _ => {}
    }
}
