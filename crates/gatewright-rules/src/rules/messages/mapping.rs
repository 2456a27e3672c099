//! The grammar of parameter mapping in WebSocket APIs.
//!
//! Source: API Gateway Developer Guide, "Set up data transformations for WebSocket APIs".

/// What an expression reads of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A header or query parameter, which only the request has with which a client connects.
    OfConnect,
    /// The body, which only messages have.
    Body,
}

/// Parts of the request with which a client connects.
const OF_CONNECT: [&str; 4] = ["header", "querystring", "multivalueheader", "multivaluequerystring"];

/// What an expression reads of the request, if it does; an error if there is no such part.
pub(super) fn part(source: &str) -> Option<Result<Part, &str>> {
    let rest = source.strip_prefix("route.request.")?;
    let (place, name) = rest.split_once(['.', '[']).unwrap_or((rest, ""));
    Some(match place {
        "body" => Ok(Part::Body),
        _ if OF_CONNECT.contains(&place) && !name.is_empty() => Ok(Part::OfConnect),
        _ => Err(place),
    })
}

/// Whether something can be put there: `integration.request.header.x`.
pub(super) fn is_destination(text: &str) -> bool {
    let place = text.strip_prefix("integration.request.").and_then(|it| it.split_once('.'));
    place.is_some_and(|(place, name)| matches!(place, "header" | "querystring" | "path") && is_name(name))
}

/// Source: as above: `^[a-zA-Z0-9._$-]+$`.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"._$-".contains(&it))
}
