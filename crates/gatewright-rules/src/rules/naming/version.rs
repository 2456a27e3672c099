//! Versions of an API, as paths, host names and stages bear them.

use gatewright_ir::{RouteKey, Segment};

/// Whether a word is a version: `v1`, `v2.1`, `v1beta1` or `2024-06-30`.
pub(super) fn is_version(word: &str) -> bool {
    let bytes = word.as_bytes();
    match bytes {
        [b'v' | b'V', b'0'..=b'9', rest @ ..] => {
            rest.iter().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'_' | b'-'))
        }
        _ => {
            let is_digit = |at: usize| bytes[at].is_ascii_digit();
            bytes.len() == 10
                && bytes[4] == b'-'
                && bytes[7] == b'-'
                && (0..10).filter(|at| !matches!(at, 4 | 7)).all(is_digit)
        }
    }
}

/// Whether a text has a version somewhere: `api-v1.example.com`, `https://example.com/v2`.
pub(super) fn has_version(text: &str) -> bool {
    text.split(|it: char| !it.is_ascii_alphanumeric()).any(is_version)
}

/// The version in a path.
pub(super) fn version_of(key: &RouteKey) -> Option<&str> {
    key.segments().find_map(|it| match it {
        Segment::Literal(it) if is_version(it) => Some(it),
        _ => None,
    })
}

/// Paths of what belongs to the server more than to the API, and has no version.
const OPERATIONAL: [&str; 24] = [
    "api-docs",
    "auth",
    "authorize",
    "callback",
    "docs",
    "health",
    "healthcheck",
    "healthz",
    "live",
    "livez",
    "login",
    "logout",
    "metrics",
    "oauth",
    "oauth2",
    "openapi",
    "ping",
    "ready",
    "readyz",
    "redoc",
    "status",
    "swagger",
    "token",
    "version",
];

/// Whether a path would bear a version if the API's paths have one: it names something, and is not for everything, for
/// the health of the server, for its documentation or for logging in.
pub(super) fn wants_version(key: &RouteKey) -> bool {
    let mut segments = key.segments();
    let Some(Segment::Literal(first)) = segments.next() else { return false };
    let in_api = segments.next().filter(|_| first == "api");
    let name = match in_api {
        Some(Segment::Literal(second)) => second,
        Some(_) => return false,
        None => first,
    };
    !name.contains('.') && !OPERATIONAL.contains(&&*name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{has_version, is_version};

    #[test]
    fn versions_are_known() {
        for it in ["v1", "V2", "v2.1", "v1beta1", "2024-06-30"] {
            assert!(is_version(it), "{it}");
        }
        for it in ["v", "version", "vip", "1", "2024-6-30", "videos"] {
            assert!(!is_version(it), "{it}");
        }
        assert!(has_version("https://example.com/v2") && !has_version("https://dev.example.com"));
    }
}
