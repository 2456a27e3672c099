//! How a file is written: what is added to it shall look like the rest.

use gatewright_source::{Kind, ScalarStyle};

use super::text::Edited;

/// The habits of a file.
#[derive(Clone, Debug)]
pub(super) struct Habits {
    /// Whether it is JSON.
    pub(super) json: bool,
    /// What ends a line.
    pub(super) newline: &'static str,
    /// The quote that text has where it needs one.
    pub(super) quote: char,
    /// How far entries stand behind the key that holds them; in brackets, too.
    pub(super) step: String,
    /// How far dashes stand behind the key that holds them.
    pub(super) dash: usize,
    /// Whether mappings and lists are written in brackets.
    pub(super) flow_mappings: bool,
    pub(super) flow_lists: bool,
    /// What stands between a key and a value in brackets, and between entries.
    pub(super) colon: &'static str,
    pub(super) comma: &'static str,
    /// Whether functions are written as tags: `!Ref X`.
    pub(super) tags: bool,
    /// Whether there are blanks inside braces.
    pub(super) padded: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            json: false,
            newline: "\n",
            quote: '"',
            step: "  ".to_owned(),
            dash: 2,
            flow_mappings: false,
            flow_lists: false,
            colon: ": ",
            comma: ", ",
            tags: false,
            padded: true,
        }
    }
}

impl Habits {
    /// Looks at a whole file once.
    pub(super) fn of(it: &Edited<'_>) -> Self {
        let mut out = Self::default();
        if it.text.contains("\r\n") {
            out.newline = "\r\n";
        }
        out.json = is_json(it);
        let (mut double, mut single) = (0, 0);
        let (mut step, mut dash, mut padding) = (None, None, None);
        for node in 0..it.nodes.len() {
            let start = it.start(node);
            out.tags |= it.tree.function(it.id(node)).is_some();
            match it.kind(node) {
                Kind::Scalar(ScalarStyle::Quoted) => match it.text.as_bytes().get(start) {
                    Some(b'"') => double += 1,
                    Some(b'\'') => single += 1,
                    _ => {}
                },
                Kind::Mapping | Kind::Sequence if it.count(node) == 0 => {}
                Kind::Mapping if it.is_flow(node) => {
                    out.flow_mappings = true;
                    padding.get_or_insert(it.text[start + 1..].starts_with(' '));
                    if step.is_none()
                        && it.nodes[node].parent.is_none()
                        && let Some(first) = it.children(node).next()
                        && let left = it.left_of(it.start(first))
                        && !left.is_empty()
                        && left.bytes().all(|it| matches!(it, b' ' | b'\t'))
                    {
                        step = Some(left.to_owned());
                    }
                }
                Kind::Sequence if it.is_flow(node) => out.flow_lists = true,
                kind @ (Kind::Mapping | Kind::Sequence) => {
                    // The key that holds it, and how far it stands behind that.
                    let key = it.nodes[node]
                        .before
                        .filter(|_| it.nodes[node].parent.is_some_and(|it2| it.kind(it2) == Kind::Mapping));
                    let behind = key.and_then(|key| it.indent(start)?.checked_sub(it.indent(it.start(key))?));
                    if let Some(behind) = behind {
                        match kind {
                            Kind::Mapping if behind > 0 => {
                                step.get_or_insert_with(|| " ".repeat(behind));
                            }
                            Kind::Sequence => {
                                dash.get_or_insert(behind);
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        if single > double && !out.json {
            out.quote = '\'';
        }
        out.step = step.unwrap_or(out.step);
        out.dash = dash.unwrap_or(out.step.len());
        out.padded = padding.unwrap_or(true) && !out.json;
        if out.json && !it.text.contains("\": ") {
            (out.colon, out.comma) = (":", ",");
        }
        out
    }
}

/// Whether a file is JSON: brackets, and nothing without quotes that is no number and no word of JSON.
fn is_json(it: &Edited<'_>) -> bool {
    it.is_flow(0)
        && it.tree.comments().is_empty()
        && (1..it.nodes.len()).all(|node| match it.kind(node) {
            Kind::Scalar(ScalarStyle::Quoted) => it.text[it.start(node)..].starts_with('"'),
            Kind::Scalar(ScalarStyle::Plain) => {
                let text = it.tree.scalar(it.id(node));
                matches!(text, "true" | "false" | "null")
                    || text.starts_with(|it: char| it.is_ascii_digit() || it == '-')
            }
            Kind::Mapping | Kind::Sequence => it.is_flow(node),
            Kind::Alias => false,
        })
}
