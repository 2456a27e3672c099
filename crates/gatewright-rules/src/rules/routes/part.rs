//! Where a part of a scalar stands.

use std::ops::Range;

use gatewright_source::Span;

use crate::Context;

/// In texts of more bytes, parts are looked for only where they must stand.
const LONG: usize = 16 << 10;

/// The place of a part of a scalar, by its bytes in the scalar's text. Where the text was written with escapes or
/// over several lines, it is found by how often the same stands before it; where that does not tell, it is the place of
/// the whole scalar.
pub(in crate::rules) fn part(cx: &Context<'_>, whole: Span, text: &str, at: Range<usize>) -> Span {
    let written = cx.sources.text(whole);
    let place = |at: Range<usize>| Span::new(whole.start + at.start as u32, whole.start + at.end as u32);
    let quotes = match written.len().checked_sub(text.len()) {
        Some(0) => Some(0),
        // One on each side.
        Some(2) => Some(1),
        _ => None,
    };
    let word = text.get(at.clone()).unwrap_or_default();
    let direct = quotes.map(|it| at.start + it..at.end + it);
    if let Some(direct) = direct.filter(|it| written.get(it.clone()) == Some(word)) {
        return place(direct);
    }
    if word.is_empty()
        || text.len().max(written.len()) > LONG
        || written.matches(word).count() != text.matches(word).count()
    {
        return whole;
    }
    let before = text[..at.start].matches(word).count();
    written.match_indices(word).nth(before).map_or(whole, |(at, _)| place(at..at + word.len()))
}
