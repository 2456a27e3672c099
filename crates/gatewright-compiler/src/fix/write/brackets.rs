//! Entries and items in brackets, also those of JSON.

use gatewright_source::Written;

use super::{Part, blanks, has_comment, lines};
use crate::fix::change::is_key;
use crate::fix::text::{Edited, Sign, signs};
use crate::fix::written::Place;

/// Where an entry or item ends.
fn end(it: &Edited<'_>, node: usize) -> usize {
    it.end(if is_key(it, node) { it.nodes[node].next } else { node })
}

/// Where the comma behind something ends, if the next sign is one.
fn comma(it: &Edited<'_>, end: usize, limit: usize) -> Option<usize> {
    let next = signs(it.text, end..limit)?.into_iter().find(|it| it.0 != Sign::Comment);
    next.filter(|it| it.0 == Sign::Indicator(b',')).map(|it| it.1.end)
}

/// Removes an entry or item and the comma that it no longer needs.
pub(super) fn remove(it: &Edited<'_>, parent: usize, node: usize) -> Option<Vec<Part>> {
    let part = |range| Some(vec![(range, String::new())]);
    let (start, end) = (it.whole_start(node)?, end(it, node));
    let next = it.nodes[if is_key(it, node) { it.nodes[node].next } else { node }].next;
    let next = (next < it.nodes[parent].next).then_some(next);
    let close = it.end(parent) - 1;
    if it.count(parent) == 1 {
        let inside = it.start(parent) + 1..close;
        return if has_comment(it, inside.clone()) { None } else { part(inside) };
    }
    let limit = match next {
        Some(next) => it.whole_start(next)?,
        None => close,
    };
    // Whether it has its lines for itself, and where they end: a comment behind it goes with it.
    let own_lines = || {
        let behind =
            comma(it, end, limit).filter(|at| it.line_start(*at) == it.line_start(end)).unwrap_or(end);
        let rest = it.right_of(behind).trim_start();
        let is_alone = it.left_of(start).trim().is_empty() && (rest.is_empty() || rest.starts_with('#'));
        is_alone.then(|| it.line_start(start)..it.next_line(behind))
    };
    if next.is_some() {
        return if has_comment(it, end..limit) { part(own_lines()?) } else { part(start..limit) };
    }
    let before = it.end(it.nodes[node].before?);
    if has_comment(it, before..start) {
        // The comma before it stays, as YAML allows.
        return part(lines::whole(it, own_lines()?));
    }
    let right = it.right_of(end);
    let end = if right.trim_start().starts_with('#') { it.line_end(end) } else { end };
    part(before..end)
}

/// Adds an entry or item after another: on a line of its own if that has one.
pub(super) fn add(it: &Edited<'_>, after: usize, key: Option<&str>, value: &Written) -> Option<Vec<Part>> {
    let (start, end) = (it.whole_start(after)?, end(it, after));
    let place = Place { habits: &it.habits, flow: true, quote: None };
    let entry = |value: String| match key {
        Some(key) => format!("{}{}{value}", place.text(key), it.habits.colon),
        None => value,
    };
    let left = it.left_of(start);
    let parent = it.nodes[after].parent?;
    if !left.trim().is_empty() || it.line_start(start) == it.line_start(it.start(parent)) {
        return Some(vec![(end..end, format!("{}{}", it.habits.comma, entry(place.inline(value))))]);
    }
    let text = match it.habits.json {
        true => place.spread(value, left),
        false => place.inline(value),
    };
    let line = format!("{}{}{}", it.habits.newline, blanks(left), entry(text));
    let right = it.right_of(end).trim_start();
    match right.strip_prefix(',').map(str::trim_start) {
        // A comment behind the comma stays where it is.
        Some(rest) if rest.starts_with('#') => {
            let at = it.line_end(end);
            Some(vec![(at..at, format!("{line},"))])
        }
        None if right.starts_with('#') => {
            let at = it.line_end(end);
            Some(vec![(end..end, ",".to_owned()), (at..at, line)])
        }
        _ => Some(vec![(end..end, format!(",{line}"))]),
    }
}
