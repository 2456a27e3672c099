//! URIs of backends.

/// A URI as far as it is known: stage variables may stand for any part of it.
pub(super) enum Uri<'u> {
    /// It begins with a stage variable.
    Unknown,
    /// It is no absolute URL of HTTP.
    Relative,
    /// It has no host.
    Hostless,
    /// A URL.
    Url {
        /// Whether it is `http:` and not `https:`.
        plain: bool,
        /// The host, and the port if there is one.
        host: &'u str,
    },
}

impl<'u> Uri<'u> {
    pub(super) fn parse(text: &'u str) -> Self {
        if text.starts_with("${stageVariables.") || text.starts_with("$stageVariables.") {
            return Self::Unknown;
        }
        let Some((scheme, rest)) = text.split_once("://") else { return Self::Relative };
        let plain = scheme.eq_ignore_ascii_case("http");
        if !plain && !scheme.eq_ignore_ascii_case("https") {
            // A variable within the scheme, such as `http${stageVariables.s}`, is its author's affair.
            return if scheme.contains("${stageVariables.") { Self::Unknown } else { Self::Relative };
        }
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if host.is_empty() { Self::Hostless } else { Self::Url { plain, host } }
    }
}

/// The path variables in a URI: `{name}`, and not `${…}`.
pub(super) fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('{').filter_map(|(at, _)| {
        if text[..at].ends_with('$') {
            return None;
        }
        let name = &text[at + 1..];
        let name = &name[..name.find('}')?];
        (!name.is_empty() && !name.contains('{')).then_some(name)
    })
}
