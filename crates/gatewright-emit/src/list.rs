//! Lists of values, one of which may be a function that yields the whole list.

use gatewright_ir::{Ir, Located};
use serde_json::Value;

use crate::intrinsic::function;
use crate::object::text;

/// Several texts. A single function that yields a list stands for the whole list: inside of one, CloudFormation
/// would refuse it.
pub(crate) fn list<T: AsRef<str>>(ir: &Ir, items: &[Located<T>]) -> Value {
    if let [it] = items
        && it.value.deferred().is_some()
    {
        let it = text(it);
        return if yields_list(ir, &it) { it } else { vec![it].into() };
    }
    items.iter().map(text).collect()
}

/// Whether a value is known to be a list.
///
/// Source: CloudFormation User Guide, "Intrinsic function reference".
fn yields_list(ir: &Ir, value: &Value) -> bool {
    match function(value) {
        Some(("Fn::Split" | "Fn::GetAZs" | "Fn::Cidr", _)) => true,
        Some(("Fn::If", Value::Array(parts))) => {
            parts.iter().skip(1).any(|it| it.is_array() || yields_list(ir, it))
        }
        Some(("Ref", Value::String(name))) => {
            let parameter = ir.template.parameters.iter().find(|it| *it.name.value == **name);
            parameter.and_then(|it| it.properties.get("Type")?.as_str()).is_some_and(is_list_type)
        }
        _ => false,
    }
}

/// Whether the values of a type of parameters are lists.
///
/// Source: CloudFormation User Guide, "Supported parameter data types".
fn is_list_type(name: &str) -> bool {
    let name =
        name.strip_prefix("AWS::SSM::Parameter::Value<").and_then(|it| it.strip_suffix('>')).unwrap_or(name);
    name == "CommaDelimitedList" || (name.starts_with("List<") && name.ends_with('>'))
}
