//! What is put into requests and answers of REST and WebSocket APIs where only CloudFormation knows it.

use gatewright_ir::{Ir, Located, Text as Words, is_aws_expression};
use serde_json::Value;

use crate::intrinsic::{Text, function};
use crate::object::{Object, text};

/// A value that is put into a request or an answer. What only CloudFormation knows is static text, which API Gateway
/// wants in quotes, unless it is one of its expressions or has quotes already.
pub(crate) fn expression(ir: &Ir, it: &Located<Words>) -> Value {
    if it.value.deferred().is_some() { quoted(ir, text(it)) } else { text(it) }
}

fn quoted(ir: &Ir, it: Value) -> Value {
    if let Some(("Fn::If", Value::Array(parts))) = function(&it)
        && let [condition, then, otherwise] = &parts[..]
    {
        let [then, otherwise] = [then, otherwise].map(|it| quoted(ir, it.clone()));
        return Object::new().set("Fn::If", vec![condition.clone(), then, otherwise]).into();
    }
    let is_nothing = matches!(function(&it), Some(("Ref", Value::String(name))) if name == "AWS::NoValue");
    if it.is_null() || is_nothing || is_expression(ir, &it) {
        return it;
    }
    Text::default().literal("'").value(&it).literal("'").finish()
}

/// Whether a value is in API Gateway's syntax, as far as that can be seen: by how it begins, or by the default of a
/// parameter, or by what stands in a mapping.
fn is_expression(ir: &Ir, it: &Value) -> bool {
    match (it, function(it)) {
        (Value::String(it), _) => is_aws_expression(it),
        (_, Some(("Fn::Sub", Value::String(template)))) => is_aws_expression(template),
        (_, Some(("Fn::Sub", Value::Array(parts)))) => parts.first().is_some_and(|it| is_expression(ir, it)),
        (_, Some(("Fn::Join", Value::Array(parts)))) => {
            parts.get(1).and_then(|it| it.get(0)).is_some_and(|it| is_expression(ir, it))
        }
        (_, Some(("Ref", Value::String(name)))) => {
            let parameter = ir.template.parameters.iter().find(|it| &*it.name.value == name);
            parameter.and_then(|it| it.properties.get("Default")).is_some_and(|it| is_expression(ir, it))
        }
        (_, Some(("Fn::FindInMap", Value::Array(parts)))) => {
            let mapping = parts.first().and_then(Value::as_str);
            let mapping = ir.template.mappings.iter().find(|it| Some(&*it.0.value) == mapping);
            mapping.is_some_and(|it| holds_expression(&it.1.to_json()))
        }
        _ => false,
    }
}

fn holds_expression(it: &Value) -> bool {
    match it {
        Value::String(it) => is_aws_expression(it),
        Value::Object(map) => map.values().any(holds_expression),
        _ => false,
    }
}
