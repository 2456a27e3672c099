//! Puts what stands for a part of a request or response into the syntax that the kind of API has.
//!
//! HTTP APIs have `$request.header.x`; REST APIs `method.request.header.x` and WebSocket APIs
//! `route.request.header.x`, with static text in single quotes. The first form is understood for all of them, and so is
//! AWS's own.
//!
//! Source: API Gateway Developer Guide, "API Gateway mapping expressions" of each kind.

use std::borrow::Cow;

use gatewright_source::Text;

use super::Lowering;
use crate::{ApiKind, Located, Name, ParameterMapping, Value};

/// What AWS's own expressions begin with.
const OWN: [&str; 5] =
    ["method.request.", "route.request.", "integration.response.", "context.", "stageVariables."];

impl Lowering<'_> {
    /// A value that is put into a request or response.
    pub(super) fn expression(&self, it: Located<Text>) -> Located<Text> {
        if self.ir.api.kind == ApiKind::Http {
            return it;
        }
        let kind = self.ir.api.kind;
        it.map(|it| match it {
            Value::Known(text) => Value::Known(aws_expression(kind, &text).into()),
            deferred => deferred,
        })
    }

    /// Where an identity stands.
    pub(super) fn identity(&self, it: Located<Text>) -> Located<Text> {
        if self.ir.api.kind == ApiKind::Http {
            return it;
        }
        let kind = self.ir.api.kind;
        it.map(|it| match it {
            Value::Known(text) => {
                Value::Known(translated(kind, &text).unwrap_or(Cow::Borrowed(&text)).into())
            }
            deferred => deferred,
        })
    }

    /// A change to a request.
    pub(super) fn request_mapping(&self, mut it: ParameterMapping) -> ParameterMapping {
        if self.ir.api.kind == ApiKind::Http {
            return it;
        }
        if let Some(destination) = destination(&it.destination.value) {
            it.destination.value = destination.into();
        }
        it.source = self.expression(it.source);
        it
    }

    /// What tells cached answers apart: `page` is a query parameter.
    pub(super) fn cache_key(&self, it: &Name) -> Name {
        let text = &*it.value;
        let full = match text.split_once('.') {
            _ if OWN.iter().any(|own| text.starts_with(own)) => text.to_owned(),
            _ if text.starts_with('$') => {
                translated(ApiKind::Rest, text).map_or_else(|| text.to_owned(), Cow::into_owned)
            }
            Some(("header", name)) => format!("method.request.header.{name}"),
            Some(("query" | "querystring", name)) => format!("method.request.querystring.{name}"),
            Some(("path", name)) => format!("method.request.path.{name}"),
            _ => format!("method.request.querystring.{text}"),
        };
        it.clone().map(|_| full.into())
    }
}

/// Whether text is in AWS's own syntax already: static text in quotes, or an expression such as `context.requestId`.
pub fn is_aws_expression(text: &str) -> bool {
    text.starts_with('\'') || OWN.iter().any(|it| text.starts_with(it))
}

/// What is written for a value that is put into a request or response, in AWS's syntax: expressions of any syntax are
/// put into that of the kind of API (REST or WebSocket), anything else is static text.
pub fn aws_expression(kind: ApiKind, text: &str) -> Cow<'_, str> {
    if is_aws_expression(text) {
        return text.into();
    }
    translated(kind, text).unwrap_or_else(|| format!("'{text}'").into())
}

/// `$request.header.x` and its like in AWS's syntax.
fn translated(kind: ApiKind, text: &str) -> Option<Cow<'_, str>> {
    let expression = text.strip_prefix('$')?;
    let owner = if kind == ApiKind::WebSocket { "route" } else { "method" };
    if let Some(rest) = expression.strip_prefix("request.query.") {
        return Some(format!("{owner}.request.querystring.{rest}").into());
    }
    if expression.starts_with("request.") {
        return Some(format!("{owner}.{expression}").into());
    }
    if expression.starts_with("response.") {
        return Some(format!("integration.{expression}").into());
    }
    let as_is = expression.starts_with("context.") || expression.starts_with("stageVariables.");
    as_is.then_some(expression.into())
}

/// `header.x` is `integration.request.header.x`.
fn destination(text: &str) -> Option<String> {
    let (place, name) = text.split_once('.')?;
    let place = match place {
        "header" | "querystring" | "path" => place,
        "query" => "querystring",
        _ => return None,
    };
    Some(format!("integration.request.{place}.{name}"))
}

#[cfg(test)]
mod tests {
    use super::{aws_expression, destination};
    use crate::ApiKind::{Rest, WebSocket};

    #[test]
    fn every_form_becomes_that_of_aws() {
        for (kind, written, meant) in [
            (Rest, "$request.header.x-id", "method.request.header.x-id"),
            (Rest, "$request.query.page", "method.request.querystring.page"),
            (Rest, "method.request.path.id", "method.request.path.id"),
            (Rest, "$response.header.etag", "integration.response.header.etag"),
            (Rest, "$context.requestId", "context.requestId"),
            (Rest, "no-store", "'no-store'"),
            (Rest, "'no-store'", "'no-store'"),
            (WebSocket, "$request.body.text", "route.request.body.text"),
        ] {
            assert_eq!(aws_expression(kind, written), meant);
        }
        assert_eq!(destination("query.page").as_deref(), Some("integration.request.querystring.page"));
        assert_eq!(destination("integration.request.header.x"), None);
    }
}
