//! Selection expressions of WebSocket APIs: what of a message says which template or model is meant.

use gatewright_ir::{Ir, MappingTemplate, Name};
use serde_json::Value;

use crate::object::text;

/// The key of what is for everything.
pub(super) const DEFAULT: &str = "$default";

/// The expression that selects a mapping template. A template that is the only one is always meant; among several, the
/// one whose key is what selects the route.
///
/// Source: API Gateway Developer Guide, "Set up data transformations for WebSocket APIs": static values and
/// `${request.body.jsonPath}`, with `\$` for a dollar sign.
pub(super) fn of_templates(ir: &Ir, templates: &[(Name, MappingTemplate)]) -> Option<Value> {
    match templates {
        [] => None,
        [(key, _)] => Some(key.value.replace('$', "\\$").into()),
        _ => Some(match route(ir) {
            Value::String(it) => braced(&it).into(),
            it => it,
        }),
    }
}

/// The expression that selects the model of a message.
///
/// Source: API Gateway Developer Guide, "Request validation for WebSocket APIs".
pub(super) fn of_models<'k>(ir: &Ir, mut keys: impl Iterator<Item = &'k str>) -> Value {
    if keys.all(|it| it == DEFAULT) { DEFAULT.into() } else { route(ir) }
}

fn route(ir: &Ir) -> Value {
    ir.api.route_selection.as_ref().map_or(DEFAULT.into(), text)
}

/// `$request.body.action` as `${request.body.action}`.
fn braced(expression: &str) -> String {
    match expression.strip_prefix('$') {
        Some(it) if !it.contains(['$', '{', '}']) => format!("${{{it}}}"),
        _ => expression.to_owned(),
    }
}
