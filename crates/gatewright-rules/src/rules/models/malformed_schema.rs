use gatewright_ir::{Data, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity, Written, did_you_mean};

use super::schema::{TYPES, each};
use crate::rules::words::{list, shown};
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "malformed-schema",
    page: include_str!("malformed_schema.md"),
    severity: Severity::Error,
    category: Category::Correctness,
    preset: Preset::Recommended,
    fix: Some(Safety::Safe),
    kinds: Kinds::NOT_HTTP,
    formats: Formats::ALL,
    check: Check::Api(check),
};

fn check(cx: &Context<'_>, out: &mut Findings) {
    for schema in cx.ir.models.values().filter_map(|it| it.schema.as_ref()) {
        each(schema, &mut |it, keywords| {
            bounds(it, out);
            for (keyword, value) in keywords {
                if value.function().is_some() {
                    continue;
                }
                if &*keyword.value == "type" {
                    types(value, out);
                } else if let Some(wanted) = wanted(&keyword.value, &value.data) {
                    // How strict API Gateway is about the rest is not documented.
                    let message = format!("`{}` wants {wanted}", keyword.value);
                    out.report(value.span, message).warning().help(match &*keyword.value {
                        "required" => "list the names of required properties beside `properties`",
                        _ => "write it as JSON Schema, draft 4, has it",
                    });
                }
            }
        });
    }
}

/// Keywords that say how little and how much there may be.
const BOUNDS: [(&str, &str); 4] = [
    ("minLength", "maxLength"),
    ("minimum", "maximum"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

/// What fits no value at all, or lists one twice.
fn bounds(schema: &Raw, out: &mut Findings) {
    for (least, most) in BOUNDS {
        let (Some(low), Some(high)) = (schema.get(least), schema.get(most)) else { continue };
        if number(low).zip(number(high)).is_some_and(|(low, high)| low > high) {
            out.report(high.span, format!("nothing fits: `{most}` is less than `{least}`"))
                .warning()
                .label(low.span, format!("`{least}`"))
                .help(format!("raise `{most}`, or lower `{least}`"));
        }
    }
    let Some(Data::List(values)) = schema.get("enum").map(|it| &it.data) else { return };
    let mut seen = rustc_hash::FxHashSet::default();
    for (value, text) in values.iter().filter_map(|it| Some((it, it.as_str()?))) {
        if !seen.insert(text) {
            out.report(value.span, format!("`enum` lists `{}` twice", shown(text)))
                .warning()
                .help("take one of them out");
        }
    }
}

fn number(it: &Raw) -> Option<f64> {
    match it.data {
        Data::Integer(it) => Some(it as f64),
        Data::Float(it) => Some(it),
        _ => None,
    }
}

fn types(value: &Raw, out: &mut Findings) {
    let one = std::slice::from_ref(value);
    let all = if let Data::List(items) = &value.data { &items[..] } else { one };
    if all.is_empty() {
        out.report(value.span, "`type` names no type").help(format!("known are {}", list(&TYPES)));
    }
    for it in all.iter().filter(|it| it.function().is_none()) {
        let text = match &it.data {
            Data::String(text) => &**text,
            // `type: null` is not text in YAML.
            Data::Null => {
                out.report(it.span, "`type` is not text")
                    .help("write `\"null\"`, with quotes")
                    .fix(Fix::safe("write `\"null\"`", [Edit::set(it.span, Written::text("null"))]));
                continue;
            }
            _ => "",
        };
        if TYPES.contains(&text) {
            continue;
        }
        let near = did_you_mean(text, TYPES).or_else(|| other_name(text));
        let message = if text.is_empty() {
            "`type` is not text".to_owned()
        } else {
            format!("there is no type `{}`", shown(text))
        };
        let finding = out.report(it.span, message);
        match near {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).fix(Fix::spelling(it.span, text, near))
            }
            None => finding.help(format!("known are {}", list(&TYPES))),
        };
    }
}

/// The type that has another name in other languages.
fn other_name(text: &str) -> Option<&'static str> {
    match &*text.to_ascii_lowercase() {
        "int" | "long" | "int32" | "int64" => Some("integer"),
        "float" | "double" | "decimal" => Some("number"),
        "text" | "str" | "date" | "date-time" | "datetime" | "uuid" | "email" | "enum" => Some("string"),
        "bool" => Some("boolean"),
        "list" => Some("array"),
        "map" | "dict" | "any" => Some("object"),
        _ => None,
    }
}

/// What a keyword wants, if it has something else.
///
/// Source: <http://json-schema.org/draft-04/schema>.
fn wanted(keyword: &str, value: &Data) -> Option<&'static str> {
    let is_schema = |it: &Raw| matches!(it.data, Data::Map(_));
    let is_count = |it: &Data| matches!(it, Data::Integer(it) if *it >= 0);
    let (fits, wanted) = match keyword {
        "properties" | "patternProperties" | "definitions" | "dependencies" => {
            (matches!(value, Data::Map(_)), "a mapping")
        }
        "required" => (
            matches!(value, Data::List(items) if !items.is_empty() && items.iter().all(|it| it.as_str().is_some() || it.function().is_some())),
            "a list of names",
        ),
        "enum" => (matches!(value, Data::List(items) if !items.is_empty()), "a list of values"),
        "allOf" | "anyOf" | "oneOf" => (
            matches!(value, Data::List(items) if !items.is_empty() && items.iter().all(is_schema)),
            "a list of schemas",
        ),
        "items" => (matches!(value, Data::Map(_) | Data::List(_)), "a schema"),
        "not" => (matches!(value, Data::Map(_)), "a schema"),
        "additionalProperties" | "additionalItems" => {
            (matches!(value, Data::Map(_) | Data::Bool(_)), "`true`, `false` or a schema")
        }
        "uniqueItems" => (matches!(value, Data::Bool(_)), "`true` or `false`"),
        "minimum" | "maximum" | "multipleOf" => {
            (matches!(value, Data::Integer(_) | Data::Float(_)), "a number")
        }
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            (is_count(value), "a number that is not negative")
        }
        "pattern" | "format" => (matches!(value, Data::String(_)), "text"),
        _ => return None,
    };
    (!fits).then_some(wanted)
}
