//! From a change of the tree to text in place of text, so that all else stays as it is.

use std::ops::Range;

use gatewright_source::{Kind, ScalarStyle, Written};
use gatewright_yaml::is_printable;

use super::change::{Change, is_key};
use super::text::{Edited, Node, Sign};
use super::written::Place;

mod brackets;
mod lines;

/// Text in place of text, by bytes of the file.
pub(super) type Part = (Range<usize>, String);

/// Writes one change. None if that is not possible without touching anything else.
pub(super) fn write(it: &Edited<'_>, change: &Change) -> Option<Vec<Part>> {
    match change {
        Change::Set { node, value } => set(it, *node, value).map(|it| vec![it]),
        Change::Reword { node, from, to, whole } => reword(it, *node, (from, to), whole).map(|it| vec![it]),
        Change::Remove { node } => {
            let parent = it.nodes[*node].parent?;
            match it.is_flow(parent) {
                true => brackets::remove(it, parent, *node),
                false if it.in_flow(*node) => None,
                false => lines::remove(it, parent, *node),
            }
        }
        Change::Add { collection, after: Some(after), key, value } => match it.is_flow(*collection) {
            true => brackets::add(it, *after, key.as_deref(), value),
            false if it.in_flow(*after) => None,
            false => lines::add(it, *after, key.as_deref(), value).map(|it| vec![it]),
        },
        Change::Add { collection, after: None, key, value } => {
            fill(it, *collection, key.as_deref(), value).map(|it| vec![it])
        }
        Change::Uncomment { comment } => {
            let (left, right) = (it.left_of(comment.start), it.right_of(comment.end));
            if !right.trim().is_empty() {
                return None;
            }
            let range = match left.trim().is_empty() {
                true => lines::whole(it, it.line_start(comment.start)..it.next_line(comment.end)),
                false => comment.start - (left.len() - left.trim_end().len())..comment.end,
            };
            Some(vec![(range, String::new())])
        }
    }
}

/// Whether a comment begins in a part of the text.
fn has_comment(it: &Edited<'_>, range: Range<usize>) -> bool {
    let start = |at: usize| it.file.base() + at as u32;
    let comments = it.tree.comments();
    let first = comments.partition_point(|comment| comment.span.start < start(range.start));
    comments.get(first).is_some_and(|comment| comment.span.start < start(range.end))
}

/// The end of the `:`, dash, tag or anchor that stands right before a node.
fn behind_signs(it: &Edited<'_>, node: usize) -> Option<usize> {
    let before = it.before(node)?;
    let last = before.iter().rfind(|it| !matches!(it.0, Sign::Comment | Sign::Block))?;
    Some(last.1.end)
}

/// How far the key of a value stands behind, if it begins a line: there, lines may be written below it.
fn key_indent(it: &Edited<'_>, node: usize) -> Option<usize> {
    let Node { parent, before, .. } = it.nodes[node];
    let is_value = it.kind(parent?) == Kind::Mapping && !is_key(it, node);
    (is_value && !it.in_flow(node)).then(|| it.indent(it.start(before?)))?
}

fn set(it: &Edited<'_>, node: usize, value: &Written) -> Option<Part> {
    let (start, end) = (it.start(node), it.end(node));
    let mut place = Place { habits: &it.habits, flow: it.in_flow(node), quote: None };
    // Lines are only begun where nothing stands behind what was there.
    let lines = key_indent(it, node).filter(|_| it.right_of(end).trim().is_empty());
    let behind = |place: &Place<'_>| match lines {
        Some(indent) => place.behind(value, indent),
        None => format!(" {}", place.inline(value)),
    };
    if it.is_nothing(node) {
        // The end is behind the `:` or the dash, if there is one.
        return Some(match it.text[..end].ends_with([':', '-']) {
            true => (end..end, behind(&place)),
            false => (end..end, format!("{}{}", it.habits.colon, place.inline(value))),
        });
    }
    if it.tree.function(it.id(node)).is_some() {
        return Some((it.whole_start(node)?..end, place.inline(value)));
    }
    let is_collection = matches!(value, Written::Mapping(_) | Written::List(_));
    match it.kind(node) {
        Kind::Scalar(style) => {
            let before = it.before(node)?;
            if let Some((_, block)) = before.iter().find(|it| it.0 == Sign::Block) {
                let is_last = before.last().is_some_and(|it| it.0 == Sign::Block);
                return is_last.then(|| (block.start..end, place.inline(value)));
            }
            place.quote = it.text[start..].chars().next().filter(|it| matches!(it, '"' | '\''));
            if style == ScalarStyle::Quoted && place.quote.is_none() {
                return None;
            }
            if is_collection && lines.is_some() {
                let from = behind_signs(it, node)?;
                return (!has_comment(it, from..start)).then(|| (from..end, behind(&place)));
            }
            Some((start..end, place.inline(value)))
        }
        Kind::Alias => Some((start..end, place.inline(value))),
        _ if has_comment(it, start..end) => None,
        Kind::Mapping | Kind::Sequence if it.is_flow(node) => {
            let text = match it.text[start..end].contains('\n') {
                true => place.spread(value, blanks(it.left_of(start))),
                false => place.inline(value),
            };
            Some((start..end, text))
        }
        Kind::Mapping | Kind::Sequence if place.flow => None,
        Kind::Mapping | Kind::Sequence => match key_indent(it, node) {
            Some(_) => {
                let from = behind_signs(it, node)?;
                (!has_comment(it, from..start)).then(|| (from..end, behind(&place)))
            }
            None => Some((start..end, place.inline(value))),
        },
    }
}

/// A part of a text becomes another, in quotes and blocks where it stands.
fn reword(it: &Edited<'_>, node: usize, (from, to): (&str, &str), whole: &str) -> Option<Part> {
    let (start, end) = (it.start(node), it.end(node));
    let place = Place { habits: &it.habits, flow: it.in_flow(node), quote: None };
    match it.kind(node) {
        Kind::Scalar(ScalarStyle::Plain) if it.is_nothing(node) => None,
        Kind::Scalar(ScalarStyle::Plain) => Some((start..end, place.text(whole))),
        Kind::Scalar(ScalarStyle::Quoted) => {
            let source = &it.text[start..end];
            let quote = source.chars().next().filter(|it| matches!(it, '"' | '\''));
            let is_clean = |text: &str| {
                let means_more = match quote {
                    Some('"') => text.contains(['"', '\\']),
                    Some(_) => text.contains('\''),
                    None => false,
                };
                !means_more && text.chars().all(is_printable)
            };
            // The start and end of a line in a block may be blanks that are cut.
            let is_inner = !to.is_empty() && to.trim() == to && from.trim() == from;
            if is_clean(from) && is_clean(to) && is_inner && source.match_indices(from).count() == 1 {
                let at = start + source.find(from)?;
                return Some((at..at + from.len(), to.to_owned()));
            }
            quote.map(|_| (start..end, Place { quote, ..place }.text(whole)))
        }
        _ => None,
    }
}

/// The first entry of a collection that is empty.
fn fill(it: &Edited<'_>, collection: usize, key: Option<&str>, value: &Written) -> Option<Part> {
    let (start, end) = (it.start(collection), it.end(collection));
    if has_comment(it, start..end) {
        return None;
    }
    let whole = match key {
        Some(key) => Written::Mapping(vec![(key.to_owned(), value.clone())]),
        None => Written::List(vec![value.clone()]),
    };
    let place = Place { habits: &it.habits, flow: it.in_flow(collection), quote: None };
    let text = match it.habits.json && it.text.contains('\n') {
        true => place.spread(&whole, blanks(it.left_of(start))),
        false => place.inline(&whole),
    };
    Some((start..end, text))
}

/// The blanks at the start of a line.
fn blanks(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}
