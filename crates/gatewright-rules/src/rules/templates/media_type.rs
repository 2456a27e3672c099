//! Media types.

/// Whether this is `type/subtype`, perhaps with parameters. Source: RFC 9110, section 8.3.1.
pub(super) fn is_media_type(text: &str) -> bool {
    let name = text.split(';').next().unwrap_or_default().trim_end();
    let is_token = |it: &str| {
        !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it))
    };
    name.split_once('/').is_some_and(|(one, two)| is_token(one) && is_token(two))
}
