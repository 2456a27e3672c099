//! Words for messages.

use std::borrow::Cow;

use gatewright_ir::ApiKind;

/// More characters than this are cut off.
const ENOUGH: usize = 44;

/// "`a`, `b` and `c`".
pub(super) fn list(names: &[&str]) -> String {
    let mut out = String::new();
    for (at, name) in names.iter().enumerate() {
        out.push_str(match at {
            0 => "`",
            _ if at + 1 == names.len() => "` and `",
            _ => "`, `",
        });
        out.push_str(name);
    }
    if !names.is_empty() {
        out.push('`');
    }
    out
}

/// What one API of a kind is called, with its article.
pub(super) fn an_api(kind: ApiKind) -> &'static str {
    match kind {
        ApiKind::Http => "an HTTP API",
        ApiKind::Rest => "a REST API",
        ApiKind::WebSocket => "a WebSocket API",
    }
}

/// What the APIs of a kind are called.
pub(super) fn apis(kind: ApiKind) -> &'static str {
    match kind {
        ApiKind::Http => "HTTP APIs",
        ApiKind::Rest => "REST APIs",
        ApiKind::WebSocket => "WebSocket APIs",
    }
}

/// A text for a message: a long one is cut.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
