use gatewright_ir::Name;
use gatewright_source::Severity;
use rustc_hash::FxHashMap;

use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "duplicate-api-key-value",
    page: include_str!("duplicate_api_key_value.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    let mut seen: FxHashMap<String, (&Name, gatewright_source::Span)> = FxHashMap::default();
    for key in cx.ir.api_keys.values().filter(|it| it.existing.is_none()) {
        let Some(value) = &key.value else { continue };
        let text = match value.value.deferred() {
            None => value.value.to_json().to_string(),
            Some(raw) => match raw.function() {
                // What else there is may be different each time, or nothing at all.
                Some(("Ref", it)) if it.as_str() != Some("AWS::NoValue") => raw.to_json().to_string(),
                _ => continue,
            },
        };
        match seen.get(&text) {
            Some((first, span)) => {
                let message = format!("`{}` has the same value as `{}`", key.name.value, first.value);
                out.report(value.span, message)
                    .label(*span, "the first one")
                    .help("give each key a value of its own, or leave `value` out");
            }
            None => {
                seen.insert(text, (&key.name, value.span));
            }
        }
    }
}
