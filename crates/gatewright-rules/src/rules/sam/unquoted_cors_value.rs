use gatewright_ir::Data;
use gatewright_source::Severity;

use super::source::Source;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unquoted-cors-value",
    page: include_str!("unquoted_cors_value.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::REST,
    formats: Formats::SAM,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(source) = Source::of(cx.ir) else { return };
    let Some(cors) = source.get(&["Cors"]) else { return };
    let mut values = vec![("Cors", Some(cors))];
    values.extend(KEYS.map(|key| (key, source.get(&["Cors", key]))));
    for (key, value) in values {
        let Some(value) = value else { continue };
        let text = match &value.data {
            Data::String(it) => it.to_string(),
            Data::Integer(it) => it.to_string(),
            _ => continue,
        };
        if text.starts_with('\'') && text.ends_with('\'') && text.len() > 1
            || text.contains("{{resolve:")
            || EXPRESSIONS.iter().any(|it| text.starts_with(it))
        {
            continue;
        }
        let message = format!("`{key}` is no text to API Gateway without single quotes inside");
        out.report(value.span, message).help(format!("write `\"'{text}'\"`"));
    }
}

/// How what is no text begins.
const EXPRESSIONS: [&str; 3] = ["integration.response.", "stageVariables.", "context."];

/// What stands in the answers to preflight requests as it was written.
///
/// Source: AWS SAM Developer Guide, `CorsConfiguration`.
const KEYS: [&str; 4] = ["AllowOrigin", "AllowHeaders", "AllowMethods", "MaxAge"];
