//! The JSON Schema of the language, generated from its types.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::Spec;

/// The JSON Schema, draft 7 (what editors read), with a new line at its end.
pub fn schema() -> String {
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = false;
    let mut schema = settings.into_generator().into_root_schema_for::<Spec>().to_value();
    if let Value::Object(root) = &mut schema {
        root.insert("title".to_owned(), json!("Gatewright"));
        // Keys that begin with `x-` are the user's own.
        root.insert("patternProperties".to_owned(), json!({ "^x-": true }));
    }
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
