//! What is taken as it is: parameters, CloudFormation that travels along, models, answers of API Gateway itself.

use gatewright_ir::{GatewayResponse, Name, Parameter, Raw};
use serde_json::Value;

use crate::Raising;
use crate::section::Section;
use crate::values::PLACEHOLDER;

/// The properties of a parameter in CloudFormation and here, and what they are.
const PARAMETER: [(&str, &str, Sort); 11] = [
    ("Type", "type", Sort::Text),
    ("Description", "description", Sort::Text),
    ("Default", "default", Sort::Any),
    ("AllowedValues", "allowedValues", Sort::Any),
    ("AllowedPattern", "allowedPattern", Sort::Text),
    ("ConstraintDescription", "constraintDescription", Sort::Text),
    ("MinLength", "minLength", Sort::Number),
    ("MaxLength", "maxLength", Sort::Number),
    ("MinValue", "minValue", Sort::Number),
    ("MaxValue", "maxValue", Sort::Number),
    ("NoEcho", "noEcho", Sort::Flag),
];

/// What a property is; templates may have all of them as text.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Text,
    Number,
    Flag,
    Any,
}

impl Raising<'_> {
    /// Parameters.
    pub(crate) fn parameters(&mut self) -> Section {
        let mut all = Section::new();
        for it in &self.ir.template.parameters {
            all.set(&it.name.value, parameter(it));
        }
        all
    }

    /// CloudFormation by name.
    pub(crate) fn raw(&self, items: &[(Name, Raw)]) -> Section {
        items.iter().map(|(name, it)| (name.value.to_string(), it.to_json())).collect()
    }

    /// Models of bodies.
    pub(crate) fn models(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.models.values() {
            match &it.schema {
                Some(schema) => all.set(&it.name.value, schema.to_json()),
                None => {
                    let message = format!("the schema of the model `{}` could not be read", it.name.value);
                    self.note(it.name.span, message, format!("write it in place of `{PLACEHOLDER}`"));
                    all.set(&it.name.value, PLACEHOLDER);
                }
            }
        }
        all
    }

    /// What API Gateway itself answers.
    pub(crate) fn gateway_responses(&mut self) -> Section {
        let mut all = Section::new();
        for it in self.ir.gateway_responses.values() {
            let response = self.gateway_response(it);
            all.set(&it.name.value, response);
        }
        all
    }

    fn gateway_response(&mut self, it: &GatewayResponse) -> Section {
        let mut out = Section::new();
        out.maybe("status", it.status.map(|it| it.value));
        out.section("headers", self.expressions(&it.headers));
        match &it.templates[..] {
            [(media_type, body)] if &**media_type == "application/json" => out.set("body", &*body.value),
            templates => {
                let templates = templates.iter();
                out.section(
                    "templates",
                    templates.map(|it| (it.0.to_string(), (*it.1.value).into())).collect(),
                );
            }
        }
        out
    }
}

fn parameter(it: &Parameter) -> Section {
    let mut out = Section::new();
    for (key, short, sort) in PARAMETER {
        let Some(value) = it.properties.get(key) else { continue };
        out.set(short, read(value, sort));
    }
    out
}

/// A property as what it is.
fn read(value: &Value, sort: Sort) -> Value {
    match (value, sort) {
        (Value::String(text), Sort::Number | Sort::Flag) => match serde_json::from_str(text.trim()) {
            Ok(it @ (Value::Number(_) | Value::Bool(_))) => it,
            _ => value.clone(),
        },
        (Value::Number(_) | Value::Bool(_), Sort::Text) => value.to_string().into(),
        _ => value.clone(),
    }
}
