//! Stage variables in texts, and the stages that define them.

use gatewright_ir::{Ir, Located, Stage, Value};
use gatewright_source::Text;

/// The stage variables that a value names. Of a value that CloudFormation works out, the text of a `!Sub` is known:
/// there, they are written `${!stageVariables.name}`.
pub(super) fn used_by(value: &Value<Text>) -> impl Iterator<Item = &str> {
    let (text, braces) = match value {
        Value::Known(it) => (&**it, "${"),
        Value::Deferred(raw) => (substituted(raw).unwrap_or_default(), "${!"),
    };
    used(text, braces)
}

/// The stage variables that a text names.
pub(super) fn used_in(text: &str) -> impl Iterator<Item = &str> {
    used(text, "${")
}

fn substituted(raw: &gatewright_ir::Raw) -> Option<&str> {
    let (function, argument) = raw.function()?;
    let text = match &argument.data {
        gatewright_ir::Data::List(items) => items.first()?,
        _ => argument,
    };
    (function == "Fn::Sub").then(|| text.as_str()).flatten()
}

fn used<'t>(text: &'t str, braces: &'static str) -> impl Iterator<Item = &'t str> {
    const ROOT: &str = "stageVariables.";
    text.match_indices(ROOT).filter_map(move |(at, _)| {
        let before = &text[..at];
        if !before.ends_with('$') && !before.ends_with(braces) {
            return None;
        }
        let rest = &text[at + ROOT.len()..];
        let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

/// The value of a variable in a stage.
pub(super) fn value<'s>(stage: &'s Stage, name: &str) -> Option<&'s Located<Text>> {
    stage.variables.iter().find(|it| &*it.0.value == name).map(|it| &it.1)
}

/// The stages that do not define a variable.
pub(super) fn stages_without<'i>(ir: &'i Ir, name: &str) -> Vec<&'i Stage> {
    ir.stages.values().filter(|it| !it.variables_unknown && value(it, name).is_none()).collect()
}
