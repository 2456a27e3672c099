//! What an integration's URI or an authorizer's names: a function, an action of a service, a server.

use std::sync::Arc;

use gatewright_ir::{Callee, Located, Name, Qualifier, Span, Spanned, Text, Value, known};
use gatewright_spec::{Data, Raw};

use crate::draft::{Draft, Reading};
use crate::written::{UNKNOWN, has_holes, sole_hole, written};

/// What a URI names.
#[derive(Debug)]
pub(crate) enum Target {
    /// A function, and whether its answer is streamed.
    Function {
        /// The function.
        callee: Callee,
        /// Whether its answer is streamed.
        stream: bool,
    },
    /// An action or path of an AWS service: `dynamodb:PutItem`, `s3:path/bucket/{key}`, or the whole ARN.
    Action(Located<Text>),
    /// Anything else: a server, a load balancer.
    Server(Located<Text>),
}

/// What the `uri` of an integration or authorizer names.
pub(crate) fn target(cx: &Reading<'_>, draft: &mut Draft, uri: &Raw) -> Target {
    let Some(text) = written(&draft.scope, uri) else { return Target::Server(draft.text(uri)) };
    if let Some(function) = invoked(&text) {
        let stream = text.ends_with("/response-streaming-invocations");
        let callee = match (function, substituted_function(uri)) {
            (UNKNOWN, Some(it)) => Callee::Arn(draft.text(it)),
            _ => callee_of(cx, draft, function, uri.span),
        };
        return Target::Function { callee, stream };
    }
    if let Some(action) = action(&text) {
        let holes = has_holes(action.1);
        return Target::Action(match holes {
            true => draft.text(uri),
            // One that is written out may be in another region.
            false if !has_holes(&text) => known(text.as_str().into(), uri.span),
            false => known(action_text(action.0, action.1).into(), uri.span),
        });
    }
    if is_function(&text) || sole_hole(&text).is_some_and(|it| names_function(cx, it)) {
        return Target::Function { callee: callee_of(cx, draft, &text, uri.span), stream: false };
    }
    Target::Server(draft.text(uri))
}

/// The function that a value names by its ARN, its name or a reference.
pub(crate) fn callee(cx: &Reading<'_>, draft: &mut Draft, function: &Raw) -> Callee {
    match written(&draft.scope, function) {
        Some(text) => {
            let text = invoked(&text).map(str::to_owned).unwrap_or(text);
            if let (UNKNOWN, Some(it)) = (&*text, substituted_function(function)) {
                return Callee::Arn(draft.text(it));
            }
            callee_of(cx, draft, &text, function.span)
        }
        None => Callee::Unknown,
    }
}

/// The function within `arn:…:apigateway:…:lambda:path/2015-03-31/functions/FUNCTION/invocations`.
fn invoked(text: &str) -> Option<&str> {
    let at = text.find(":lambda:path/")?;
    let rest = &text[at..];
    let function = &rest[rest.find("/functions/")? + "/functions/".len()..];
    let end = function.rfind("/invocations").or_else(|| function.rfind("/response-streaming-invocations"));
    Some(&function[..end.unwrap_or(function.len())])
}

/// The function in a `!Sub` that gives its whole ARN as a variable of its own.
fn substituted_function(uri: &Raw) -> Option<&Raw> {
    let Data::List(items) = &uri.function().filter(|it| it.0 == "Fn::Sub")?.1.data else { return None };
    let [template, own] = &items[..] else { return None };
    let name = invoked(template.as_str()?)?.strip_prefix("${")?.strip_suffix('}')?;
    own.get(name.trim())
}

/// Service and action of `arn:…:apigateway:REGION:SERVICE:action/ACTION` (or `path/PATH`). A service may have a
/// subdomain before it.
fn action(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("arn:")?;
    let mut parts = rest.splitn(5, ':');
    // A hole such as `${AWS::Partition}` has colons of its own.
    let parts: Vec<&str> = if rest.contains("${") {
        let at = rest.find(":apigateway:")?;
        let rest = &rest[at + ":apigateway:".len()..];
        let region = if rest.starts_with("${") { rest.find('}')? + 1 } else { rest.find(':')? };
        rest[region..].strip_prefix(':')?.splitn(2, ':').collect()
    } else {
        (parts.nth(1)? == "apigateway").then_some(())?;
        parts.next()?;
        parts.collect()
    };
    let [service, what] = parts[..] else { return None };
    (what.starts_with("action/") || what.starts_with("path/")).then_some((service, what))
}

fn action_text(service: &str, what: &str) -> String {
    match what.strip_prefix("action/") {
        Some(name) if !name.contains(['/', '&']) => format!("{service}:{name}"),
        _ => format!("{service}:{what}"),
    }
}

fn is_function(text: &str) -> bool {
    text.starts_with("arn:") && text.contains(":lambda:") && text.contains(":function:")
}

/// Whether a reference is to a function, an alias or a version of the template.
fn names_function(cx: &Reading<'_>, (name, attribute): (&str, Option<&str>)) -> bool {
    if cx.functions.contains_key(name) {
        return matches!(attribute, None | Some("Arn" | "Alias" | "Version"));
    }
    let of = cx.scope.resource(name).map_or("", |it| it.0);
    attribute.is_none() && matches!(of, "AWS::Lambda::Alias" | "AWS::Lambda::Version")
}

/// A function as text with holes: `${F.Arn}`, `${F.Arn}:live`, `${LiveAlias}`, an ARN, a name.
fn callee_of(cx: &Reading<'_>, draft: &mut Draft, text: &str, span: Span) -> Callee {
    if let Some((base, qualifier)) = reference(in_own_arn(text).unwrap_or(text)) {
        let (name, attribute) = base;
        let qualifier = match (qualifier, attribute) {
            (Some(it), _) => match sole_hole(it) {
                Some(("stageVariables", Some(variable))) => Some(Qualifier::StageVariable(variable.into())),
                Some(_) => None,
                None => Some(Qualifier::Alias(it.into())),
            },
            (None, _) => None,
        };
        if let Some(function) = draft.function(cx, name) {
            return Callee::Function { function, qualifier, span };
        }
        if let Some((of, properties)) = cx.scope.resource(name)
            && matches!(of, "AWS::Lambda::Alias" | "AWS::Lambda::Version")
            && let Some(named) = properties.get("FunctionName").and_then(|it| written(&cx.scope, it))
            && let Some(((function, _), None)) = reference(&named)
            && let Some(function) = draft.function(cx, function)
        {
            let alias = properties.get("Name").and_then(Raw::as_str);
            let qualifier = alias.map(|it| Qualifier::Alias(it.into()));
            return Callee::Function { function, qualifier, span };
        }
    }
    if text.contains(UNKNOWN) {
        return Callee::Unknown;
    }
    if has_holes(text) {
        return Callee::Arn(Spanned::new(Value::Deferred(Arc::new(substitution(text, span))), span));
    }
    if text.contains("${stageVariables.") {
        return Callee::Staged(Name::new(text.into(), span));
    }
    Callee::Arn(known(text.into(), span))
}

/// What stands for the function in the ARN of one in this account and region, as templates put it together.
fn in_own_arn(text: &str) -> Option<&str> {
    let (place, function) = text.split_once(":function:")?;
    (place.starts_with("arn:") && place.ends_with(":lambda:${AWS::Region}:${AWS::AccountId}"))
        .then_some(function)
}

/// `${Name}` or `${Name.Attribute}`, and what stands behind a colon after it.
#[allow(clippy::type_complexity)] // A reference, and a qualifier.
fn reference(text: &str) -> Option<((&str, Option<&str>), Option<&str>)> {
    let end = text.find('}')? + 1;
    let base = sole_hole(&text[..end])?;
    match &text[end..] {
        "" => Some((base, None)),
        rest => Some((base, Some(rest.strip_prefix(':')?))),
    }
}

/// Text with holes as the function that it came from.
fn substitution(text: &str, span: Span) -> Raw {
    let text = text.replace("${stageVariables.", "${!stageVariables.");
    let argument = Raw { span, data: Data::String(text.into()) };
    Raw { span, data: Data::Map(vec![(Spanned::new("Fn::Sub".into(), span), argument)]) }
}

#[cfg(test)]
mod tests {
    use super::{action, in_own_arn, invoked, reference};

    #[test]
    fn uris_are_taken_apart() {
        let uri = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}:live/invocations";
        assert_eq!(invoked(uri), Some("${F.Arn}:live"));
        assert_eq!(reference("${F.Arn}:live"), Some((("F", Some("Arn")), Some("live"))));
        let arn = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${F}";
        assert_eq!(in_own_arn(arn), Some("${F}"));
        assert_eq!(
            action("arn:${AWS::Partition}:apigateway:${AWS::Region}:dynamodb:action/PutItem"),
            Some(("dynamodb", "action/PutItem"))
        );
        assert_eq!(
            action("arn:aws:apigateway:us-east-1:s3:path/bucket/{key}"),
            Some(("s3", "path/bucket/{key}"))
        );
        assert_eq!(action("https://example.com"), None);
    }
}
