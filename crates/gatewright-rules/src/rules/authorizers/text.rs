//! Text of users in messages.

use std::borrow::Cow;

/// More characters than this are cut off.
const ENOUGH: usize = 44;

/// A text for a message: a long one is cut.
pub(in crate::rules) fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
