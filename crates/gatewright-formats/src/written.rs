//! Text with holes: what `!Sub`, `!Join`, `!Ref` and `!GetAtt` come to, as one line in which `${Name}` and
//! `${Name.Attribute}` stand for what only CloudFormation knows.

use gatewright_spec::{Data, Raw};

use crate::scope::Scope;
use crate::serverless::{DEFERRED, known_parts};

/// What stands for a part of which nothing is known.
pub(crate) const UNKNOWN: &str = "${?}";

/// How deep functions are followed.
const DEEPEST: usize = 16;

/// A value as text with holes; `None` if it is no text at all.
pub(crate) fn written(scope: &Scope, it: &Raw) -> Option<String> {
    let mut out = String::new();
    add(scope, it, &mut out, 0).then_some(out)
}

fn add(scope: &Scope, it: &Raw, out: &mut String, depth: usize) -> bool {
    let it = scope.resolve(it);
    match &it.data {
        Data::String(text) => out.push_str(text),
        Data::Integer(number) => out.push_str(&number.to_string()),
        Data::Float(number) => out.push_str(&number.to_string()),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Map(_) => return function(scope, &it, out, depth),
        Data::Null | Data::List(_) => return false,
    }
    true
}

fn function(scope: &Scope, it: &Raw, out: &mut String, depth: usize) -> bool {
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
            substitute(scope, text, items.get(1), out, depth);
        }
        "Fn::Join" => {
            let [separator, parts] = items else {
                out.push_str(UNKNOWN);
                return true;
            };
            let (Some(separator), Data::List(parts)) = (separator.as_str(), &scope.resolve(parts).data)
            else {
                out.push_str(UNKNOWN);
                return true;
            };
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    out.push_str(separator);
                }
                if !add(scope, part, out, depth + 1) {
                    out.push_str(UNKNOWN);
                }
            }
        }
        DEFERRED => match argument.as_str() {
            Some(text) => known_parts(text, UNKNOWN, out),
            None => out.push_str(UNKNOWN),
        },
        _ => out.push_str(UNKNOWN),
    }
    true
}

/// Writes the text of a `!Sub`: its own variables are followed, `${!name}` is `${name}` in the end.
fn substitute(scope: &Scope, text: &str, own: Option<&Raw>, out: &mut String, depth: usize) {
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
                if !add(scope, value, out, depth + 1) {
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
pub(crate) fn has_holes(text: &str) -> bool {
    text.match_indices("${").any(|(at, _)| !text[at + 2..].starts_with("stageVariables."))
}

/// The name in a text that is nothing but one hole: `${Name}` or `${Name.Attribute}`.
pub(crate) fn sole_hole(text: &str) -> Option<(&str, Option<&str>)> {
    let inner = text.strip_prefix("${")?.strip_suffix('}')?;
    if inner.contains(['{', '}', '?']) {
        return None;
    }
    Some(match inner.split_once('.') {
        Some((name, attribute)) => (name, Some(attribute)),
        None => (inner, None),
    })
}

#[cfg(test)]
mod tests {
    use gatewright_source::{Span, Spanned};
    use gatewright_spec::{Data, Raw};

    use super::written;
    use crate::scope::Scope;

    fn raw(data: Data) -> Raw {
        Raw { span: Span::default(), data }
    }

    fn text(it: &str) -> Raw {
        raw(Data::String(it.into()))
    }

    fn call(name: &str, argument: Raw) -> Raw {
        raw(Data::Map(vec![(Spanned::new(name.into(), Span::default()), argument)]))
    }

    #[test]
    fn functions_come_to_text_with_holes() {
        let scope = Scope::default();
        let get = call("Fn::GetAtt", raw(Data::List(vec![text("F"), text("Arn")])));
        let join = call(
            "Fn::Join",
            raw(Data::List(vec![
                text(":"),
                raw(Data::List(vec![text("a"), get.clone(), call("Ref", text("B"))])),
            ])),
        );
        assert_eq!(written(&scope, &join).as_deref(), Some("a:${F.Arn}:${B}"));
        let sub = call("Fn::Sub", text("x/${ F.Arn }:${!stageVariables.a}"));
        assert_eq!(written(&scope, &sub).as_deref(), Some("x/${F.Arn}:${stageVariables.a}"));
        assert_eq!(written(&scope, &raw(Data::List(Vec::new()))), None);
    }
}
