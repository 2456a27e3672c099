//! What parameter mappings of WebSocket APIs read.
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
