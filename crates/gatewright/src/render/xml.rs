//! XML: documents, elements, and text that XML can hold.

use std::borrow::Cow;
use std::io::{Result, Write as _};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

/// A document that is being written.
pub(super) type Xml = Writer<Vec<u8>>;

/// A whole document.
pub(super) fn document(contents: impl FnOnce(&mut Xml) -> Result<()>) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Memory does not fail to be written to.
    let _ = xml
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
        .and_then(|()| contents(&mut xml))
        .and_then(|()| xml.get_mut().write_all(b"\n"));
    String::from_utf8(xml.into_inner()).unwrap_or_default()
}

/// An element with contents.
pub(super) fn element<'a>(
    xml: &mut Xml,
    name: &str,
    attributes: impl IntoIterator<Item = (&'a str, &'a str)>,
    contents: impl FnOnce(&mut Xml) -> Result<()>,
) -> Result<()> {
    xml.create_element(name).with_attributes(attributes).write_inner_content(contents).map(drop)
}

/// An element without contents.
pub(super) fn empty<'a>(
    xml: &mut Xml,
    name: &str,
    attributes: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<()> {
    xml.create_element(name).with_attributes(attributes).write_empty().map(drop)
}

/// Text without the characters that XML cannot hold, not even escaped.
///
/// Source: Extensible Markup Language (XML) 1.0, section 2.2, "Characters".
pub(super) fn text(text: &str) -> Cow<'_, str> {
    let fits = |it: char| matches!(it, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(fits) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|it| if fits(it) { it } else { char::REPLACEMENT_CHARACTER }).collect())
}
