//! Text as it may be shown: what could steer a terminal, or turn text around, is replaced.

use std::borrow::Cow;

/// The text with each control or direction character replaced by one of the same length in bytes, so that places
/// in the text stay what they are. New lines and tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|it| match (is_hidden(it), it.len_utf8()) {
                (false, _) => it,
                (true, 1) => '?',
                (true, 2) => '¿',
                (true, _) => '\u{fffd}',
            })
            .collect(),
    )
}

fn is_hidden(it: char) -> bool {
    match it {
        '\n' | '\t' => false,
        // Marks, embeddings, overrides and isolates of direction, and what is invisible.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => true,
        _ => it.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn places_stay_and_nothing_steers_the_terminal() {
        let text = "a\u{1b}[31mb\u{202e}c\u{85}d\n";
        let shown = visible(text);
        assert_eq!(shown.len(), text.len());
        assert_eq!(shown, "a?[31mb\u{fffd}c¿d\n");
    }
}
