//! Where a part of a scalar stands.

use std::ops::Range;

use gatewright_source::Span;

/// The place of a part of a scalar, by its bytes in the scalar's text. Where the text was written with escapes or
/// over several lines, that is the place of the whole scalar.
pub(in crate::rules) fn part(whole: Span, text: &str, at: Range<usize>) -> Span {
    let before = match whole.range().len().checked_sub(text.len()) {
        Some(0) => 0,
        // A quote on each side.
        Some(2) => 1,
        _ => return whole,
    };
    let place = |at: usize| whole.start + (before + at) as u32;
    Span::new(place(at.start), place(at.end))
}
