//! Words for messages.

use std::borrow::Cow;

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

/// A text for a message: a long one is cut.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
