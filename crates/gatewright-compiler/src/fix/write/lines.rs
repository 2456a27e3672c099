//! Entries and items that stand on lines of their own.

use std::ops::Range;

use gatewright_source::{Kind, Written};

use super::{Part, has_comment};
use crate::fix::change::is_key;
use crate::fix::text::{Edited, Sign};
use crate::fix::written::Place;

/// Lines that go. At the end of a text that does not end with a line break, the one before them goes instead.
pub(super) fn whole(it: &Edited<'_>, lines: Range<usize>) -> Range<usize> {
    if lines.end < it.text.len() || it.text.ends_with('\n') || lines.start == 0 {
        return lines;
    }
    let before = it.text[..lines.start].strip_suffix('\n').unwrap_or(&it.text[..lines.start]);
    before.strip_suffix('\r').unwrap_or(before).len()..lines.end
}

/// Where an entry or item begins: with its key and what stands right before it, or with its dash.
fn begin(it: &Edited<'_>, node: usize) -> Option<usize> {
    if is_key(it, node) {
        return it.whole_start(node);
    }
    let before = it.before(node)?;
    Some(before.iter().rfind(|it| it.0 == Sign::Indicator(b'-'))?.1.start)
}

/// The last node of an entry or item.
fn last(it: &Edited<'_>, node: usize) -> usize {
    if is_key(it, node) { it.nodes[node].next } else { node }
}

/// Where the lines of an entry or item end whose first stands `indent` blanks behind: with what stands behind its value,
/// and with comments that stand further behind than it does. None if something else stands behind the value.
fn end(it: &Edited<'_>, node: usize, indent: usize) -> Option<usize> {
    let end = it.end(last(it, node));
    let rest = it.right_of(end).trim_start();
    if !rest.is_empty() && !rest.starts_with('#') {
        return None;
    }
    let mut out = it.line_end(end);
    let mut at = it.next_line(end);
    while at < it.text.len() {
        let line = &it.text[at..it.line_end(at)];
        let word = line.trim_start();
        match word.as_bytes().first() {
            None => {}
            Some(b'#') if line.len() - word.len() > indent => out = it.line_end(at),
            Some(_) => break,
        }
        at = it.next_line(at);
    }
    Some(out)
}

/// Whether a block of text keeps the blank lines behind it: there, each counts.
fn keeps_blank_lines(it: &Edited<'_>, node: usize) -> bool {
    let node = match it.kind(node) {
        Kind::Mapping | Kind::Sequence if !it.is_flow(node) => it.children(node).last(),
        Kind::Scalar(_) => {
            let block = it.before(node).and_then(|it| it.into_iter().find(|it| it.0 == Sign::Block));
            return block.is_some_and(|(_, at)| it.text[at].contains('+'));
        }
        _ => None,
    };
    node.is_some_and(|node| keeps_blank_lines(it, node))
}

/// Removes an entry or item.
pub(super) fn remove(it: &Edited<'_>, parent: usize, node: usize) -> Option<Vec<Part>> {
    let start = begin(it, node)?;
    let left = it.left_of(start);
    let is_only = it.count(parent) == 1;
    let empty = if it.kind(parent) == Kind::Mapping { "{}" } else { "[]" };
    if left.bytes().all(|it| it == b' ') {
        let end = end(it, node, left.len())?;
        let lines = whole(it, it.line_start(start)..it.next_line(end));
        if !is_only {
            return Some(vec![(lines, String::new())]);
        }
        // What held only this is empty then, and says so where it begins.
        let at = match it.nodes[parent].parent {
            None => return Some(vec![(start..it.end(last(it, node)), empty.to_owned())]),
            Some(_) => {
                let signs = it.before(parent)?;
                signs.iter().rfind(|it| it.0 != Sign::Comment)?.1.end
            }
        };
        return Some(vec![(at..at, format!(" {empty}")), (lines, String::new())]);
    }
    it.indent(start)?;
    let after = it.end(last(it, node));
    if is_only {
        end(it, node, left.len())?;
        return Some(vec![(start..after, empty.to_owned())]);
    }
    // The first entry, right behind a dash: the next one takes its place.
    let next = begin(it, it.nodes[last(it, node)].next)?;
    let is_first = it.nodes[node].at == 0 && it.line_start(next) > it.line_start(after);
    if !is_first || it.nodes[last(it, node)].next >= it.nodes[parent].next {
        return None;
    }
    if !has_comment(it, after..next) {
        return Some(vec![(start..next, String::new())]);
    }
    let dash = start - (left.len() - left.trim_end().len());
    Some(vec![(dash..it.line_end(after), String::new())])
}

/// Adds an entry or item on lines of its own after another.
pub(super) fn add(it: &Edited<'_>, after: usize, key: Option<&str>, value: &Written) -> Option<Part> {
    let start = begin(it, after)?;
    let indent = it.indent(start)?;
    if keeps_blank_lines(it, last(it, after)) {
        return None;
    }
    let end = end(it, after, indent)?;
    let place = Place { habits: &it.habits, flow: false, quote: None };
    let newline = it.habits.newline;
    let text = match key {
        Some(key) => format!("{newline}{:indent$}{}", "", place.entry(key, value, indent)),
        None => format!("{newline}{:indent$}- {}", "", place.inline(value)),
    };
    Some((end..end, text))
}
