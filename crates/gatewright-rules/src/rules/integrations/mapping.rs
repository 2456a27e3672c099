//! The grammar of parameter mapping in HTTP APIs, and the headers that it may not touch; and what the mappings of every
//! kind of API read.

use gatewright_ir::{Backend, Integration, Located, MappingTemplate};
use gatewright_source::Text;

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The request, before the backend sees it.
    Request,
    /// The response, before the client sees it.
    Response,
}

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Append,
    Overwrite,
    Remove,
}

/// What a change is made to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'d> {
    Header(&'d str),
    QueryString,
    Path,
    StatusCode,
}

/// Why something is no destination: what is wrong, and what to do.
pub(super) type Problem = (&'static str, &'static str);

/// Reads a destination such as `append:header.x`.
///
/// Source: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html>
pub(super) fn destination(text: &str, side: Side) -> Result<(Action, Place<'_>), Problem> {
    const ACTIONS: &str = "begin it with `append:`, `overwrite:` or `remove:`";
    let Some((action, place)) = text.split_once(':') else {
        return Err(("does not say what to do", ACTIONS));
    };
    let action = match action {
        "append" => Action::Append,
        "overwrite" => Action::Overwrite,
        "remove" => Action::Remove,
        _ => return Err(("does not say what to do", ACTIONS)),
    };
    let (location, name) = place.split_once('.').unwrap_or((place, ""));
    let place = match (location, side) {
        ("header", _) if name.is_empty() => {
            return Err(("names no header", "name it after a dot: `header.x-request-id`"));
        }
        ("header", _) => Place::Header(name),
        ("querystring", Side::Request) if name.is_empty() => {
            return Err(("names no query parameter", "name it after a dot: `querystring.page`"));
        }
        ("querystring", Side::Request) => Place::QueryString,
        ("path", Side::Request) if name.is_empty() => Place::Path,
        ("path", Side::Request) => {
            return Err(("changes a part of the path", "write the whole path with `overwrite:path`"));
        }
        ("statuscode", Side::Response) if name.is_empty() => Place::StatusCode,
        ("body", _) => return Err(("changes the body", "change it in the backend: an HTTP API cannot")),
        (_, Side::Request) => {
            return Err(("changes nothing of a request", "name `header.NAME`, `querystring.NAME` or `path`"));
        }
        (_, Side::Response) => {
            return Err(("changes nothing of a response", "name `header.NAME` or `statuscode`"));
        }
    };
    match place {
        Place::Path if action != Action::Overwrite => {
            Err(("does not overwrite the path", "write `overwrite:path`: nothing else can be done to it"))
        }
        Place::StatusCode if action != Action::Overwrite => Err((
            "does not overwrite the status",
            "write `overwrite:statuscode`: nothing else can be done to it",
        )),
        place => Ok((action, place)),
    }
}

/// What is wrong with an expression in a source, and what to do.
pub(super) enum Fault {
    /// API Gateway has no such value.
    Wrong(&'static str),
    /// It looks like an expression and may be text.
    Doubtful(&'static str),
}

/// The first expression of a source in which something is wrong, and what.
///
/// A source is one expression (`$request.header.x`), or text in which expressions stand in braces
/// (`${request.header.x}`); all else is taken as it is.
pub(super) fn source(text: &str, side: Side) -> Option<(&str, Fault)> {
    if text.starts_with('$') && !text.starts_with("${") {
        let rest = &text[1..];
        return rest
            .starts_with(|it: char| it.is_ascii_alphabetic())
            .then(|| expression(rest, side))
            .flatten()
            .map(|it| (text, it));
    }
    text.split("${").skip(1).find_map(|it| {
        let (inner, _) = it.split_once('}')?;
        expression(inner, side).map(|it| (inner, it))
    })
}

fn expression(text: &str, side: Side) -> Option<Fault> {
    let (root, rest) = text.split_once('.').unwrap_or((text, ""));
    // A body may be a list: `$request.body[0].id`.
    let (location, name) = rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()));
    let help = match (root, side) {
        ("context" | "stageVariables", _) => {
            return rest.is_empty().then_some(Fault::Wrong("name the variable after a dot"));
        }
        ("request", Side::Response) => "make a response from `$response`, `$context` or `$stageVariables`",
        ("response", Side::Request) => "make a request from `$request`, `$context` or `$stageVariables`",
        ("request" | "response", _) => match location {
            "header" if name.len() < 2 => "name the header after a dot",
            "querystring" if side == Side::Request && name.len() < 2 => {
                "name the query parameter after a dot"
            }
            "body" if name.contains("..") => "spell the path in the body out: `..` is not supported",
            "body" if name.contains("?(") => "name the element by its index: filters are not supported",
            "header" | "body" => return None,
            "querystring" | "path" if side == Side::Request => return None,
            _ if side == Side::Request => "take `header`, `querystring`, `path` or `body` of the request",
            _ => "take `header` or `body` of the response",
        },
        _ => {
            return Some(Fault::Doubtful(
                "begin an expression with `request`, `response`, `context` or `stageVariables`",
            ));
        }
    };
    Some(Fault::Wrong(help))
}

/// Whether API Gateway keeps a header to itself.
///
/// Source: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html>, "Reserved
/// headers".
pub(super) fn is_reserved(header: &str) -> bool {
    const NAMES: [&str; 18] = [
        "authorization",
        "connection",
        "content-encoding",
        "content-length",
        "content-location",
        "forwarded",
        "keep-alive",
        "origin",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailers",
        "transfer-encoding",
        "upgrade",
        "via",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
    ];
    const PREFIXES: [&str; 4] = ["access-control-", "apigw-", "x-amz-", "x-amzn-"];
    NAMES.iter().any(|it| it.eq_ignore_ascii_case(header))
        || PREFIXES
            .iter()
            .any(|it| header.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it)))
}

/// Everything from which an integration makes requests and responses.
pub(super) fn sources(it: &Integration) -> impl Iterator<Item = &Located<Text>> {
    let parameters = match &it.backend {
        Backend::Service { parameters, .. } => &parameters[..],
        _ => &[],
    };
    let responses = it.response_parameters.iter().flat_map(|it| &it.1);
    let headers = it.transformation.iter().flat_map(|it| &it.responses).flat_map(|it| &it.headers);
    parameters
        .iter()
        .map(|it| &it.1)
        .chain(it.request_parameters.iter().chain(responses).map(|it| &it.source))
        .chain(headers.map(|it| &it.1))
}

/// The mapping templates of an integration.
pub(super) fn templates(it: &Integration) -> impl Iterator<Item = &MappingTemplate> {
    it.transformation.iter().flat_map(|it| {
        let responses = it.responses.iter().flat_map(|it| &it.templates);
        it.request.iter().chain(responses).map(|it| &it.1)
    })
}

/// The expressions of a source, without `$` and braces.
pub(super) fn expressions(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.strip_prefix('$').filter(|it| !it.starts_with('{'));
    let parts = if whole.is_some() { "" } else { text };
    whole.into_iter().chain(parts.split("${").skip(1).filter_map(|it| Some(it.split_once('}')?.0)))
}
