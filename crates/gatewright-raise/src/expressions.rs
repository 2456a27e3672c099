//! Expressions in the short syntax of the language, where they mean the same.

use gatewright_ir::{ApiKind, Located, Text, Value as Known, aws_expression};
use serde_json::Value;

use crate::Raising;

impl Raising<'_> {
    /// A value that is put into a request or response.
    pub(crate) fn expression(&mut self, it: &Located<Text>) -> Value {
        let kind = self.ir.api.kind;
        match &it.value {
            Known::Known(text) if kind != ApiKind::Http => short(kind, text).into(),
            _ => self.text(it),
        }
    }

    /// Where an identity stands.
    pub(crate) fn identity(&mut self, it: &Located<Text>) -> Value {
        let kind = self.ir.api.kind;
        match &it.value {
            Known::Known(text) if kind != ApiKind::Http => {
                dollar(kind, text).unwrap_or_else(|| text.to_string()).into()
            }
            _ => self.text(it),
        }
    }
}

/// An expression or static text without AWS's ornaments, if that comes to the same.
fn short(kind: ApiKind, text: &str) -> String {
    let bare =
        text.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')).filter(|it| !it.trim().is_empty());
    let candidate = bare.map(str::to_owned).or_else(|| dollar(kind, text));
    candidate.filter(|it| aws_expression(kind, it) == text).unwrap_or_else(|| text.to_owned())
}

/// `$request.header.x` for `method.request.header.x`.
fn dollar(kind: ApiKind, text: &str) -> Option<String> {
    let owner = if kind == ApiKind::WebSocket { "route." } else { "method." };
    let candidate = match text.strip_prefix(owner).or_else(|| text.strip_prefix("integration.")) {
        Some(rest) => format!("${rest}"),
        None => format!("${text}"),
    };
    (aws_expression(kind, &candidate) == text).then_some(candidate)
}

/// `header.x` for `integration.request.header.x`.
pub(crate) fn destination(text: &str) -> &str {
    let short = text.strip_prefix("integration.request.");
    short
        .filter(|it| ["header.", "querystring.", "path."].iter().any(|start| it.starts_with(start)))
        .unwrap_or(text)
}

/// `page` for `method.request.querystring.page`.
pub(crate) fn cache_key(text: &str) -> String {
    let Some(rest) = text.strip_prefix("method.request.") else { return text.to_owned() };
    match rest.split_once('.') {
        Some(("querystring", name)) if !name.contains('.') && !name.starts_with('$') => name.to_owned(),
        Some(("querystring", name)) => format!("query.{name}"),
        Some(("header" | "path", _)) => rest.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use gatewright_ir::ApiKind::{Rest, WebSocket};

    use super::{cache_key, dollar, short};

    #[test]
    fn expressions_are_as_short_as_they_can_be() {
        for (kind, written, meant) in [
            (Rest, "method.request.header.x-id", "$request.header.x-id"),
            (Rest, "integration.response.header.etag", "$response.header.etag"),
            (Rest, "context.requestId", "$context.requestId"),
            (Rest, "'no-store'", "no-store"),
            (Rest, "''", "''"),
            (Rest, "'$request.header.x'", "'$request.header.x'"),
            (Rest, "'context.x'", "'context.x'"),
            (WebSocket, "route.request.body.text", "$request.body.text"),
        ] {
            assert_eq!(short(kind, written), meant);
        }
        assert_eq!(dollar(Rest, "method.request.querystring.a").as_deref(), Some("$request.querystring.a"));
        assert_eq!(cache_key("method.request.querystring.page"), "page");
        assert_eq!(cache_key("method.request.querystring.a.b"), "query.a.b");
        assert_eq!(cache_key("method.request.header.x"), "header.x");
    }
}
