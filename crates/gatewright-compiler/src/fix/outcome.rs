//! What a tree must be after changes, and whether a text says that: an edit is right, or it is not made.

use std::borrow::Cow;

use gatewright_source::{Kind, NodeId, ScalarStyle, Tree, Written};
use gatewright_yaml::is_plain;
use rustc_hash::{FxHashMap, FxHashSet};

use super::change::{Change, is_key};
use super::habits::Habits;
use super::text::Edited;
use super::written::tagged;

/// A node as far as it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Token<'t> {
    sort: Sort,
    function: Option<&'static str>,
    text: Cow<'t, str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Plain,
    String,
    /// Text that is new: in quotes, or such as no reader takes for anything else.
    Text,
    Mapping(usize),
    Sequence(usize),
    Alias,
}

impl Token<'_> {
    /// Whether a token is what another says is expected.
    fn is(&self, expected: &Token<'_>) -> bool {
        let sort = match expected.sort {
            Sort::Text => self.sort == Sort::String || self.sort == Sort::Plain && is_plain(&self.text),
            sort => self.sort == sort,
        };
        sort && self.function == expected.function && self.text == expected.text
    }
}

/// Whether the tree of the new text is that of the old one but for the changes.
pub(super) fn is_as_meant(old: &Edited<'_>, changes: &[&Change], new: &Edited<'_>) -> bool {
    let mut meant = Meant {
        of: old,
        set: FxHashMap::default(),
        worded: FxHashMap::default(),
        gone: FxHashSet::default(),
        added: FxHashMap::default(),
    };
    for change in changes {
        match change {
            Change::Set { node, value } => drop(meant.set.insert(*node, value)),
            Change::Reword { node, whole, .. } => drop(meant.worded.insert(*node, whole)),
            Change::Remove { node } => drop(meant.gone.insert(*node)),
            Change::Add { collection, after, key, value } => {
                meant.added.entry((*collection, *after)).or_default().push((key.as_deref(), value));
            }
            Change::Uncomment { .. } => {}
        }
    }
    let mut expected = Vec::with_capacity(old.nodes.len());
    meant.node(0, &mut expected);
    expected.len() == new.nodes.len()
        && expected.iter().zip(&new.nodes).all(|(expected, node)| token(&new.tree, node.id).is(expected))
}

fn token(tree: &Tree, id: NodeId) -> Token<'_> {
    let children = tree.children(id).len();
    let sort = match tree.kind(id) {
        Kind::Scalar(ScalarStyle::Quoted) => Sort::String,
        Kind::Scalar(ScalarStyle::Plain) if tree.is_string(id) => Sort::String,
        Kind::Scalar(ScalarStyle::Plain) => Sort::Plain,
        Kind::Mapping => Sort::Mapping(children / 2),
        Kind::Sequence => Sort::Sequence(children),
        Kind::Alias => Sort::Alias,
    };
    let text = if sort == Sort::Alias { tree.source(tree.span_of(id)) } else { tree.scalar(id) };
    Token { sort, function: tree.function(id), text: Cow::Borrowed(text) }
}

/// A new entry or item.
type New<'m> = (Option<&'m str>, &'m Written);

/// The tree that is meant.
struct Meant<'m> {
    of: &'m Edited<'m>,
    set: FxHashMap<usize, &'m Written>,
    worded: FxHashMap<usize, &'m str>,
    gone: FxHashSet<usize>,
    added: FxHashMap<(usize, Option<usize>), Vec<New<'m>>>,
}

impl<'m> Meant<'m> {
    fn node(&self, node: usize, out: &mut Vec<Token<'m>>) {
        if let Some(value) = self.set.get(&node) {
            return written(value, &self.of.habits, out);
        }
        if let Some(text) = self.worded.get(&node) {
            let function = self.of.tree.function(self.of.id(node));
            return out.push(Token { sort: Sort::Text, function, text: Cow::Borrowed(text) });
        }
        let at = out.len();
        out.push(token(&self.of.tree, self.of.id(node)));
        let mut count = 0;
        let mut add = |after: Option<usize>, out: &mut Vec<Token<'m>>| {
            for (key, value) in self.added.get(&(node, after)).into_iter().flatten() {
                count += 1;
                if let Some(key) = key {
                    out.push(Token { sort: Sort::Text, function: None, text: Cow::Borrowed(key) });
                }
                written(value, &self.of.habits, out);
            }
        };
        add(None, out);
        let mut kept = 0;
        // The key whose value comes next, and whether it goes.
        let mut key = None;
        for child in self.of.children(node) {
            let is_key = is_key(self.of, child);
            let entry = key.take().unwrap_or(child);
            if is_key {
                key = Some(child);
            }
            if !self.gone.contains(&entry) {
                self.node(child, out);
                kept += usize::from(!is_key);
            }
            if !is_key {
                add(Some(entry), out);
            }
        }
        let all = kept + count;
        match &mut out[at].sort {
            Sort::Mapping(count) | Sort::Sequence(count) => *count = all,
            _ => {}
        }
    }
}

fn written<'m>(value: &'m Written, habits: &Habits, out: &mut Vec<Token<'m>>) {
    if let Some((function, text)) = tagged(value, habits) {
        let function = Some(function);
        return out.push(Token { sort: Sort::Text, function, text: Cow::Owned(text) });
    }
    let mut push = |sort, text: &'m str| out.push(Token { sort, function: None, text: Cow::Borrowed(text) });
    match value {
        Written::Text(text) => push(Sort::Text, text),
        Written::Bare(text) => push(Sort::Plain, text),
        Written::List(items) => {
            push(Sort::Sequence(items.len()), "");
            items.iter().for_each(|it| written(it, habits, out));
        }
        Written::Mapping(entries) => {
            push(Sort::Mapping(entries.len()), "");
            for (key, value) in entries {
                out.push(Token { sort: Sort::Text, function: None, text: Cow::Borrowed(key) });
                written(value, habits, out);
            }
        }
    }
}
