//! Stage variables in texts, and the stages that define them.

use gatewright_ir::{ApiKind, Ir, Stage, Value, substitution};
use gatewright_source::Text;

/// What stands before the name of a stage variable.
const ROOT: &str = "stageVariables.";

/// The stage variables that a value names. Of a value that CloudFormation works out, the text of a `!Sub` is known:
/// there, they are written `${!stageVariables.name}`. An expression of a REST or WebSocket API is all of its text.
pub(super) fn used_by(value: &Value<Text>, kind: ApiKind) -> impl Iterator<Item = &str> {
    let (text, braces) = match value {
        Value::Known(it) => (&**it, "${"),
        Value::Deferred(raw) => (substitution(raw).unwrap_or_default(), "${!"),
    };
    let whole = if kind == ApiKind::Http { None } else { text.strip_prefix(ROOT) };
    whole.into_iter().chain(used(text, braces))
}

/// The stage variables that a text names.
pub(super) fn used_in(text: &str) -> impl Iterator<Item = &str> {
    used(text, "${")
}

fn used<'t>(text: &'t str, braces: &'static str) -> impl Iterator<Item = &'t str> {
    text.match_indices(ROOT).filter_map(move |(at, _)| {
        let before = &text[..at];
        // In a template, `$!` is for what may be missing.
        if !before.ends_with('$') && !before.ends_with(braces) {
            return None;
        }
        let rest = &text[at + ROOT.len()..];
        let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(rest.len());
        // A template may call a function of all variables: `$stageVariables.get('x')`.
        (end > 0 && !rest[end..].starts_with('(')).then(|| &rest[..end])
    })
}

/// The stages that do not define a variable.
pub(super) fn stages_without<'i>(ir: &'i Ir, name: &str) -> Vec<&'i Stage> {
    ir.stages
        .values()
        .filter(|it| !it.variables_unknown && !it.variables.iter().any(|it| &*it.0.value == name))
        .collect()
}
