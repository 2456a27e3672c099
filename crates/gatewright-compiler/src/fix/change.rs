//! What edits mean for the tree: which node is set, goes, or gets a neighbour.

use std::ops::Range;

use gatewright_ir::Format;
use gatewright_source::{Edit, Kind, ScalarStyle, Written};

use super::text::{Edited, Sign};

/// One change of the tree. Entries of mappings are named by their keys, items of lists by themselves.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// A node becomes something else.
    Set { node: usize, value: Written },
    /// A part of a scalar's text becomes another.
    Reword { node: usize, from: String, to: String, whole: String },
    /// An entry or item goes.
    Remove { node: usize },
    /// An entry or item is added after another; without one, to a collection that is empty.
    Add { collection: usize, after: Option<usize>, key: Option<String>, value: Written },
    /// A comment goes, and the tree stays as it is.
    Uncomment { comment: Range<usize> },
}

/// What an edit means. None if that is not plain: what it names is not there, stands for several places, or holds
/// already what would be added.
pub(super) fn change(it: &Edited<'_>, edit: &Edit) -> Option<Change> {
    match edit {
        Edit::Set { at, value } => set(it, it.node_at(*at)?, value),
        Edit::Reword { at, from, to } => {
            let node = it.node_at(*at)?;
            let text = it.tree.scalar(it.id(node));
            if from.is_empty() || text.match_indices(from).count() != 1 || !may_be_set(it, node) {
                return None;
            }
            let whole = text.replacen(from, to, 1);
            let fits = !is_key(it, node) || it.nodes[node].parent.is_some_and(|of| is_free(it, of, &whole));
            fits.then(|| Change::Reword { node, from: from.clone(), to: to.clone(), whole })
        }
        Edit::Remove { entry } => remove(it, it.node_at(*entry)?),
        Edit::RemoveHolder { of } => {
            let node = it.node_at(*of)?;
            let holder = it.nodes[node].parent?;
            let is_inner = is_key(it, node) || it.kind(holder) == Kind::Sequence;
            remove(it, if is_inner { holder } else { node })
        }
        Edit::AddBeside { entry, key, value } => {
            let (collection, node) = entry_of(it, it.node_at(*entry)?)?;
            let fits = it.kind(collection) == Kind::Mapping && is_free(it, collection, key);
            let (after, key) = (Some(node), Some(key.clone()));
            fits.then(|| Change::Add { collection, after, key, value: value.clone() })
        }
        Edit::AddInto { collection, key, value } => {
            let node = it.node_at(*collection)?;
            let collection = match it.nodes[node].parent {
                _ if is_key(it, node) => it.nodes[node].next,
                Some(list) if key.is_none() && it.kind(list) == Kind::Sequence => list,
                _ => node,
            };
            if it.is_nothing(collection) {
                let whole = match key {
                    Some(key) => Written::Mapping(vec![(key.clone(), value.clone())]),
                    None => Written::List(vec![value.clone()]),
                };
                return set(it, collection, &whole);
            }
            let fits = match key {
                Some(key) => it.kind(collection) == Kind::Mapping && is_free(it, collection, key),
                None => it.kind(collection) == Kind::Sequence && !it.is_shared(collection),
            };
            let last = it.children(collection).last().and_then(|last| Some(entry_of(it, last)?.1));
            let (key, value) = (key.clone(), value.clone());
            fits.then_some(Change::Add { collection, after: last, key, value })
        }
        Edit::Uncomment { comment } => {
            let is_there = it.tree.comments().binary_search_by_key(comment, |it| it.span).is_ok();
            is_there.then(|| Change::Uncomment { comment: it.file.local(*comment) })
        }
    }
}

fn remove(it: &Edited<'_>, node: usize) -> Option<Change> {
    let (collection, node) = entry_of(it, node)?;
    let fits = !it.is_shared(collection)
        && !is_merged(it, collection)
        && !it.is_wanted_elsewhere(node..end_of(it, node));
    fits.then_some(Change::Remove { node })
}

fn set(it: &Edited<'_>, node: usize, value: &Written) -> Option<Change> {
    if !may_be_set(it, node) {
        return None;
    }
    // A tag says what is made of the value: it would be made of the new one, too.
    let is_tagged = it
        .before(node)?
        .iter()
        .any(|(sign, at)| *sign == Sign::Tag && it.whole_start(node).is_some_and(|start| at.start >= start));
    let id = it.id(node);
    let is_text = matches!(value, Written::Text(_)) && it.tree.is_string(id);
    let is_function = it.tree.function(id).is_some();
    let fits = match is_function {
        true => {
            matches!(it.kind(node), Kind::Scalar(_))
                && matches!(value, Written::Mapping(_))
                && !it.before(node)?.iter().any(|it| it.0 == Sign::Anchor || it.0 == Sign::Block)
        }
        false => !is_tagged || is_text,
    };
    fits.then_some(())?;
    if is_key(it, node) {
        let Written::Text(key) = value else { return None };
        let collection = it.nodes[node].parent?;
        let fits = matches!(it.kind(node), Kind::Scalar(_))
            && it.tree.scalar(it.id(node)) != "<<"
            && is_free(it, collection, key);
        fits.then_some(())?;
    }
    Some(Change::Set { node, value: value.clone() })
}

/// Whether a node may become another: it stands for itself, and only here.
fn may_be_set(it: &Edited<'_>, node: usize) -> bool {
    let id = it.id(node);
    // A variable of the Serverless Framework stands for what was found elsewhere.
    let is_variable = it.format == Format::Serverless && it.tree.scalar(id).contains("${");
    let is_key_with_properties = is_key(it, node) && it.has_properties(node);
    !is_variable
        && !is_key_with_properties
        && !it.tree.is_unreadable(id)
        && !it.is_shared(node)
        && !it.is_wanted_elsewhere(node..it.nodes[node].next)
}

/// The collection of an entry or item, and the node that stands for it: the key, or the item itself.
pub(super) fn entry_of(it: &Edited<'_>, node: usize) -> Option<(usize, usize)> {
    let parent = it.nodes[node].parent?;
    let is_value = it.kind(parent) == Kind::Mapping && !is_key(it, node);
    Some((parent, if is_value { it.nodes[node].before? } else { node }))
}

/// Where the nodes of an entry or item end.
pub(super) fn end_of(it: &Edited<'_>, node: usize) -> usize {
    let next = it.nodes[node].next;
    if is_key(it, node) { it.nodes[next].next } else { next }
}

/// Whether a node is a key.
pub(super) fn is_key(it: &Edited<'_>, node: usize) -> bool {
    let parent = it.nodes[node].parent;
    parent.is_some_and(|parent| it.kind(parent) == Kind::Mapping) && it.nodes[node].at.is_multiple_of(2)
}

/// Whether a key may be added to a mapping.
fn is_free(it: &Edited<'_>, mapping: usize, key: &str) -> bool {
    !it.is_shared(mapping)
        && !key.is_empty()
        && key != "<<"
        && it.children(mapping).step_by(2).all(|node| it.tree.scalar(it.id(node)) != key)
}

/// Whether other mappings are merged into one: what is taken away from it may still be in those.
fn is_merged(it: &Edited<'_>, collection: usize) -> bool {
    it.kind(collection) == Kind::Mapping
        && it.children(collection).step_by(2).any(|node| {
            it.kind(node) == Kind::Scalar(ScalarStyle::Plain) && it.tree.scalar(it.id(node)) == "<<"
        })
}
