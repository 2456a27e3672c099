//! The grammar of parameter mapping in REST APIs, and the headers that it may not touch. What can be set is the same in
//! WebSocket APIs.
//!
//! Source: API Gateway Developer Guide, "Parameter mapping source reference":
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html>.

use gatewright_source::did_you_mean;

use super::mapping::{Problem, Side};

/// What a change to a request is made to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Place<'d> {
    Header(&'d str),
    QueryString(&'d str),
    Path(&'d str),
}

/// Reads a destination such as `integration.request.header.x`.
pub(in crate::rules) fn destination(text: &str) -> Result<Place<'_>, Problem> {
    if let Some((action, _)) = text.split_once(':')
        && matches!(action, "append" | "overwrite" | "remove")
    {
        return Err(match action {
            "remove" => ("removes something", "map it to `\"''\"`: here one can only overwrite"),
            _ => (
                "is written as for an HTTP API",
                "leave out what stands before `:`: here one can only overwrite",
            ),
        });
    }
    let (place, name) =
        text.strip_prefix("integration.request.").and_then(|it| it.split_once('.')).unwrap_or(("", ""));
    let place = match place {
        "header" => Place::Header(name),
        "querystring" => Place::QueryString(name),
        "path" => Place::Path(name),
        _ => {
            let help = "name `header.NAME`, `querystring.NAME` or `path.NAME`";
            return Err(("changes nothing of a request", help));
        }
    };
    if is_name(name) {
        Ok(place)
    } else {
        Err(("has no name that API Gateway takes", "use letters, digits and `._$-`"))
    }
}

/// What is wrong with a source, and what to do.
pub(super) enum Fault {
    /// API Gateway refuses it.
    Refused(&'static str),
    /// It is text, and looks like an expression.
    Doubtful(&'static str),
}

/// What is wrong with a value in AWS's syntax.
pub(super) fn source(text: &str, side: Side) -> Option<Fault> {
    if let Some(rest) = text.strip_prefix('\'') {
        return match rest.strip_suffix('\'') {
            None => Some(Fault::Refused("close the single quotes, or leave both out")),
            Some(inner) if looks_like_expression(inner) => Some(Fault::Doubtful(match side {
                Side::Request => {
                    "write `$request.header.NAME` or one of its kind alone and without single quotes"
                }
                Side::Response => {
                    "write `$response.header.NAME` or one of its kind alone and without single quotes"
                }
            })),
            Some(_) => None,
        };
    }
    if let Some(name) = text.strip_prefix("context.").or_else(|| text.strip_prefix("stageVariables.")) {
        return (!is_name(name)).then_some(Fault::Refused("name one variable after the dot"));
    }
    let help = match (side, text.split_once(".request."), text.split_once(".response.")) {
        (Side::Request, Some(("method", it)), _) => request(it)?,
        (Side::Response, _, Some(("integration", it))) => response(it)?,
        (Side::Request, ..) => "make a request from `$request`, `$context` or `$stageVariables`",
        (Side::Response, ..) => "make a response from `$response`, `$context` or `$stageVariables`",
    };
    Some(Fault::Refused(help))
}

fn request(text: &str) -> Option<&'static str> {
    let (place, name) = text.split_once('.').unwrap_or((text, ""));
    match place {
        "body" => None,
        "header" | "querystring" | "path" | "multivalueheader" | "multivaluequerystring" => {
            (!is_name(name)).then_some("name one parameter after the dot")
        }
        _ => Some("take `header`, `querystring`, `path` or `body` of the request"),
    }
}

fn response(text: &str) -> Option<&'static str> {
    let (place, name) = text.split_once('.').unwrap_or((text, ""));
    match place {
        "body" => None,
        "header" | "multivalueheader" => (!is_name(name)).then_some("name one header after the dot"),
        _ => Some("take `header` or `body` of the response"),
    }
}

/// Whether API Gateway takes this for the name of a parameter.
///
/// Source: API Gateway Developer Guide, "Parameter mapping source reference".
pub(in crate::rules) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"._$-".contains(&it))
}

/// Whether somebody meant static text as an expression.
fn looks_like_expression(text: &str) -> bool {
    const ROOTS: [&str; 6] = ["method", "integration", "request", "response", "context", "stageVariables"];
    if text.contains("${") {
        return true;
    }
    if text.contains(char::is_whitespace) {
        return false;
    }
    let (is_marked, text) = text.strip_prefix('$').map_or((false, text), |it| (true, it));
    let Some((root, rest)) = text.split_once('.') else { return false };
    let of_request = rest.starts_with("request.") || rest.starts_with("response.");
    match root {
        "request" | "response" | "context" | "stageVariables" => true,
        "header" | "querystring" | "query" => !is_marked && is_name(rest),
        _ => (is_marked || of_request) && did_you_mean(root, ROOTS).is_some(),
    }
}

/// Whether API Gateway sets a header of a request itself, and fails where a mapping does.
///
/// Source: API Gateway Developer Guide, "Amazon API Gateway important notes", and for AWS services what their
/// signature needs.
pub(super) fn is_reserved(header: &str, is_aws: bool) -> bool {
    const NAMES: [&str; 4] =
        ["content-length", "transfer-encoding", "x-amzn-trace-id", "x-amzn-apigateway-api-id"];
    const AWS: [&str; 5] = ["authorization", "connection", "expect", "proxy-authenticate", "te"];
    let is_among = |names: &[&str]| names.iter().any(|it| it.eq_ignore_ascii_case(header));
    is_among(&NAMES) || is_aws && is_among(&AWS)
}

#[cfg(test)]
mod tests {
    use super::{Fault, Side, destination, source};

    #[test]
    fn destinations_are_told_apart() {
        for it in ["integration.request.header.X-Id", "integration.request.path.id"] {
            assert!(destination(it).is_ok(), "{it}");
        }
        for it in ["append:header.x", "integration.request.body", "integration.request.header.", "header"] {
            assert!(destination(it).is_err(), "{it}");
        }
    }

    #[test]
    fn sources_are_told_apart() {
        for it in ["'it is 5 o.clock'", "''", "method.request.body", "context.identity.sourceIp", "'a.b.c'"] {
            assert!(source(it, Side::Request).is_none(), "{it}");
        }
        for it in ["'", "method.request.cookie.x", "integration.response.header.x", "context."] {
            assert!(matches!(source(it, Side::Request), Some(Fault::Refused(_))), "{it}");
        }
        for it in [
            "'$requst.header.x'",
            "'methd.request.header.x'",
            "'context.requestId'",
            "'/a/${request.path.b}'",
        ] {
            assert!(matches!(source(it, Side::Request), Some(Fault::Doubtful(_))), "{it}");
        }
    }
}
