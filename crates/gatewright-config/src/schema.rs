//! The JSON Schema of `gatewright.toml`, generated from its types.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::file::File;

/// The JSON Schema, draft 7 (what editors read), with a new line at its end.
pub fn schema() -> String {
    let generated = SchemaSettings::draft07().into_generator().into_root_schema_for::<File>().to_value();
    let mut schema = json!({ "$schema": generated["$schema"], "title": "gatewright.toml" });
    if let (Value::Object(schema), Value::Object(generated)) = (&mut schema, generated) {
        for (key, it) in generated {
            schema.entry(key).or_insert(it);
        }
    }
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
