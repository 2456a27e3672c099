//! What browsers do: data, with its sources.

use gatewright_ir::{Cors, Located, Value};
use gatewright_source::Text;

/// Methods that may stand in a CORS policy, besides `*`.
///
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
pub(super) const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Headers, in lower case, that reach the API whether or not a CORS policy allows them: browsers write them
/// themselves, or need no permission, or something on the way adds them.
///
/// Source: https://fetch.spec.whatwg.org/#cors-safelisted-request-header and
/// https://fetch.spec.whatwg.org/#forbidden-request-header
const UNASKED: [&str; 17] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-language",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "forwarded",
    "host",
    "origin",
    "referer",
    "te",
    "user-agent",
    "via",
];

/// Beginnings of further such headers.
const UNASKED_BEGINNINGS: [&str; 7] =
    ["sec-", "proxy-", "access-control-", "x-forwarded-", "x-amzn-", "x-amz-cf-", "cloudfront-"];

/// Whether a script in a web page must be allowed to send a header, which is in lower case.
pub(in crate::rules) fn is_asked_for(header: &str) -> bool {
    !UNASKED.contains(&header) && !UNASKED_BEGINNINGS.iter().any(|it| header.starts_with(it))
}

/// The header in which an identity source looks, in lower case.
pub(in crate::rules) fn header(identity: &Located<Text>) -> Option<String> {
    let text = identity.value.as_str()?;
    let name =
        text.strip_prefix("$request.header.").or_else(|| text.strip_prefix("method.request.header."))?;
    (!name.is_empty()).then(|| name.to_ascii_lowercase())
}

/// Whether browsers are known to send credentials.
pub(super) fn has_credentials(cors: &Cors) -> bool {
    cors.allow_credentials.as_ref().and_then(|it| it.value.known()) == Some(&true)
}

/// Whether a part of a list is only known when deploying.
pub(super) fn has_deferred<T>(list: &[Located<T>]) -> bool {
    list.iter().any(|it| matches!(it.value, Value::Deferred(_)))
}
