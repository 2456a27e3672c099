use gatewright_ir::{Data, Raw};
use gatewright_source::Severity;

use super::schema::{checked_bodies, each};
use crate::rules::words::shown;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "unbounded-model-property",
    page: include_str!("unbounded_model_property.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: None,
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

/// Keywords that say how long a text may be, or that may lead to what does.
const BOUNDS: [&str; 9] =
    ["maxLength", "enum", "const", "pattern", "format", "$ref", "allOf", "anyOf", "oneOf"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    for schema in checked_bodies(cx.ir) {
        let mut first = None;
        let mut count = 0_usize;
        each(schema, &mut |it, _| {
            let Some(Data::Map(properties)) = it.get("properties").map(|it| &it.data) else { return };
            for (name, _) in properties.iter().filter(|it| is_unbounded(&it.1)) {
                first.get_or_insert(name);
                count += 1;
            }
        });
        let Some(name) = first else { continue };
        let name_shown = shown(&name.value);
        let message = match count {
            1 => format!("`{name_shown}` may be a text of any length"),
            2 => format!("`{name_shown}` and one more property may be texts of any length"),
            _ => format!("`{name_shown}` and {} more properties may be texts of any length", count - 1),
        };
        out.report(name.span, message)
            .help("say `maxLength`, or what they look like with `enum` or `pattern`");
    }
}

fn is_unbounded(schema: &Raw) -> bool {
    schema.get("type").and_then(Raw::as_str) == Some("string")
        && BOUNDS.iter().all(|it| schema.get(it).is_none())
}
