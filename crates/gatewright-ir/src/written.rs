//! Text with holes: what `!Sub`, `!Join`, `!Ref` and `!GetAtt` come to, as one line in which `${Name}` and
//! `${Name.Attribute}` stand for what only CloudFormation knows.

use std::borrow::Cow;

use gatewright_spec::{Data, Raw};

/// What stands for a part of which nothing is known.
pub const UNKNOWN: &str = "${?}";

/// How deep functions are followed.
const DEEPEST: usize = 16;

/// Puts what is decided now in place of a function; gives everything else back as it is.
pub type Resolve<'f> = &'f dyn for<'r> Fn(&'r Raw) -> Cow<'r, Raw>;

/// A value as text with holes; `None` if it is no text at all.
pub fn written(it: &Raw, resolve: Resolve<'_>) -> Option<String> {
    let mut out = String::new();
    add(resolve, it, &mut out, 0).then_some(out)
}

fn add(resolve: Resolve<'_>, it: &Raw, out: &mut String, depth: usize) -> bool {
    let it = resolve(it);
    match &it.data {
        Data::String(text) => out.push_str(text),
        Data::Integer(number) => out.push_str(&number.to_string()),
        Data::Float(number) => out.push_str(&number.to_string()),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Map(_) => return function(resolve, &it, out, depth),
        Data::Null | Data::List(_) => return false,
    }
    true
}

fn function(resolve: Resolve<'_>, it: &Raw, out: &mut String, depth: usize) -> bool {
    let Some((function, argument)) = it.function() else { return false };
    let items = if let Data::List(items) = &argument.data { &items[..] } else { &[] };
    if depth > DEEPEST {
        out.push_str(UNKNOWN);
        return true;
    }
    match function {
        "Ref" => match argument.as_str() {
            Some(name) => out.push_str(&format!("${{{name}}}")),
            None => out.push_str(UNKNOWN),
        },
        "Fn::GetAtt" => match items {
            [resource, attribute] if resource.as_str().is_some() && attribute.as_str().is_some() => {
                let (resource, attribute) =
                    (resource.as_str().unwrap_or(""), attribute.as_str().unwrap_or(""));
                out.push_str(&format!("${{{resource}.{attribute}}}"));
            }
            _ => out.push_str(UNKNOWN),
        },
        "Fn::Sub" => {
            let Some(text) = argument.as_str().or_else(|| items.first()?.as_str()) else {
                out.push_str(UNKNOWN);
                return true;
            };
            substitute(resolve, text, items.get(1), out, depth);
        }
        "Fn::Join" => {
            let [separator, parts] = items else {
                out.push_str(UNKNOWN);
                return true;
            };
            let (Some(separator), Data::List(parts)) = (separator.as_str(), &resolve(parts).data) else {
                out.push_str(UNKNOWN);
                return true;
            };
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    out.push_str(separator);
                }
                if !add(resolve, part, out, depth + 1) {
                    out.push_str(UNKNOWN);
                }
            }
        }
        _ => out.push_str(UNKNOWN),
    }
    true
}

/// Writes the text of a `!Sub`: its own variables are followed, `${!name}` is `${name}` in the end.
fn substitute(resolve: Resolve<'_>, text: &str, own: Option<&Raw>, out: &mut String, depth: usize) {
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        out.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('}') else {
            out.push_str(&rest[at..]);
            return;
        };
        let name = rest[at + 2..at + end].trim();
        match own.and_then(|it| it.get(name)) {
            Some(value) => {
                if !add(resolve, value, out, depth + 1) {
                    out.push_str(UNKNOWN);
                }
            }
            None => {
                out.push_str("${");
                out.push_str(name.trim_start_matches('!'));
                out.push('}');
            }
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
}

/// Whether text has a hole in it that only CloudFormation can fill; stage variables are none.
pub fn has_holes(text: &str) -> bool {
    text.match_indices("${").any(|(at, _)| !text[at + 2..].starts_with("stageVariables."))
}

/// The name in a text that is nothing but one hole: `${Name}` or `${Name.Attribute}`.
pub fn sole_hole(text: &str) -> Option<(&str, Option<&str>)> {
    let inner = text.strip_prefix("${")?.strip_suffix('}')?;
    if inner.contains(['{', '}', '?']) {
        return None;
    }
    Some(match inner.split_once('.') {
        Some((name, attribute)) => (name, Some(attribute)),
        None => (inner, None),
    })
}
