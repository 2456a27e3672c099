use gatewright_ir::{Data, Raw};
use gatewright_source::Severity;

use super::schema::each;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "undefined-required-property",
    page: include_str!("undefined_required_property.md"),
    severity: Severity::Warning,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// Keywords that may say something about a property elsewhere.
const ELSEWHERE: [&str; 5] = ["patternProperties", "allOf", "anyOf", "oneOf", "$ref"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for schema in cx.ir.models.values().filter_map(|it| it.schema.as_ref()) {
        each(schema, &mut |it, _| {
            let (Some(required), Some(properties)) = (it.get("required"), it.get("properties")) else {
                return;
            };
            let (Data::List(required), Data::Map(entries)) = (&required.data, &properties.data) else {
                return;
            };
            if properties.function().is_some() || ELSEWHERE.iter().any(|keyword| it.get(keyword).is_some()) {
                return;
            }
            // A schema may have many of them.
            let known: rustc_hash::FxHashSet<&str> = entries.iter().map(|it| &*it.0.value).collect();
            let closed = it.get("additionalProperties").map(|it| &it.data) == Some(&Data::Bool(false));
            for name in required {
                let Some(text) = name.as_str().filter(|it| !known.contains(it)) else { continue };
                report(name, text, closed, entries.iter().map(|it| &*it.0.value), out);
            }
        });
    }
}

fn report<'s>(at: &Raw, name: &str, closed: bool, known: impl Iterator<Item = &'s str>, out: &mut Findings) {
    let message = if closed {
        format!(
            "no body fits: `{name}` is required, and properties beside those that are listed are forbidden"
        )
    } else {
        format!("the required property `{name}` is not described")
    };
    let near = out.did_you_mean(name, known);
    out.report(at.span, message).help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("describe `{name}` under `properties`, or take it out of `required`"),
    });
}
