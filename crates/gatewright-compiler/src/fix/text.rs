//! A file as an editor of it sees it: its tree again, who stands in whom, and what stands between.

use std::ops::Range;

use gatewright_ir::Format;
use gatewright_source::{File, Kind, NodeId, ScalarStyle, Span, Tree, parse, parse_leniently};
use rustc_hash::{FxHashMap, FxHashSet};

use super::habits::Habits;

/// A node with its place in the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) id: NodeId,
    /// The collection that holds it.
    pub(super) parent: Option<usize>,
    /// Its place among the children of that.
    pub(super) at: usize,
    /// The child before it.
    pub(super) before: Option<usize>,
    /// The node after it and all that it holds.
    pub(super) next: usize,
}

/// A file that is to be edited.
pub(super) struct Edited<'f> {
    pub(super) file: &'f File,
    pub(super) text: &'f str,
    pub(super) format: Format,
    pub(super) tree: Tree,
    pub(super) nodes: Vec<Node>,
    pub(super) habits: Habits,
    /// Nodes by their spans; none where two nodes have one span.
    by_span: FxHashMap<Span, Option<usize>>,
    /// Nodes that aliases stand for.
    pub(super) aliased: FxHashSet<usize>,
}

/// Something between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `:`, `-`, `,`, `?`, a bracket or a document's `---`.
    Indicator(u8),
    /// `!Ref`
    Tag,
    /// `&name`
    Anchor,
    /// `|` or `>` before a block of text.
    Block,
    /// `# …`
    Comment,
}

/// A sign and where it stands.
pub(super) type Signs = Vec<(Sign, Range<usize>)>;

impl<'f> Edited<'f> {
    /// A file, parsed again as it was read. None after a syntax error: where that stands the tree is a guess.
    pub(super) fn new(file: &'f File, format: Format) -> Option<Self> {
        let (tree, problems) = match format {
            Format::Gatewright => parse(file),
            _ => parse_leniently(file)?,
        };
        if problems.iter().any(|it| it.rule == "syntax") {
            return None;
        }
        let root = tree.root()?;
        let mut nodes = Vec::with_capacity(tree.len());
        collect(&tree, root, None, (0, None), &mut nodes);
        // Of several documents only the first is in the tree.
        if nodes.len() != tree.len() {
            return None;
        }
        let mut by_span = FxHashMap::default();
        let mut aliased = FxHashSet::default();
        for (index, node) in nodes.iter().enumerate() {
            by_span.entry(tree.span_of(node.id)).and_modify(|it| *it = None).or_insert(Some(index));
            if tree.kind(node.id) == Kind::Alias {
                aliased.insert(tree.resolve(node.id).index());
            }
        }
        let text: &str = file.text();
        let mut out = Self { file, text, format, tree, nodes, habits: Habits::default(), by_span, aliased };
        out.habits = Habits::of(&out);
        Some(out)
    }

    /// The node at a span, if there is exactly one.
    pub(super) fn node_at(&self, span: Span) -> Option<usize> {
        *self.by_span.get(&span)?
    }

    pub(super) fn id(&self, node: usize) -> NodeId {
        self.nodes[node].id
    }

    pub(super) fn kind(&self, node: usize) -> Kind {
        self.tree.kind(self.id(node))
    }

    /// The children of a collection.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.tree.children(self.id(node)).map(NodeId::index)
    }

    /// How many entries or items a collection has.
    pub(super) fn count(&self, node: usize) -> usize {
        let children = self.tree.children(self.id(node)).len();
        if self.kind(node) == Kind::Mapping { children / 2 } else { children }
    }

    /// Where a node starts: without tag and anchor.
    pub(super) fn start(&self, node: usize) -> usize {
        self.file.local(self.tree.span_of(self.id(node))).start
    }

    /// Where a node ends: a block of text with its last line that is not blank, and nothing with the `:` before it.
    pub(super) fn end(&self, node: usize) -> usize {
        let span = self.file.local(self.tree.span_of(self.id(node)));
        if self.is_nothing(node) {
            return match self.nodes[node].parent.map(|it| self.kind(it)) {
                Some(Kind::Mapping) => self.colon(span.end).unwrap_or(span.end),
                _ => span.end,
            };
        }
        match self.kind(node) {
            Kind::Mapping | Kind::Sequence if !self.is_flow(node) => {
                let last = self.children(node).last();
                last.map_or(span.end, |it| self.end(it))
            }
            _ => span.start + self.text[span].trim_end().len(),
        }
    }

    /// Whether it is a value that is not written.
    pub(super) fn is_nothing(&self, node: usize) -> bool {
        let span = self.tree.span_of(self.id(node));
        span.start == span.end && self.kind(node) == Kind::Scalar(ScalarStyle::Plain)
    }

    /// The end of the `:` that comes next.
    fn colon(&self, from: usize) -> Option<usize> {
        let rest = &self.text[from..];
        let at = rest.find(|it: char| !matches!(it, ' ' | '\t'))?;
        rest[at..].starts_with(':').then_some(from + at + 1)
    }

    /// Whether a collection is written in brackets.
    pub(super) fn is_flow(&self, node: usize) -> bool {
        let span = self.file.local(self.tree.span_of(self.id(node)));
        let (open, close) = match self.kind(node) {
            Kind::Mapping => ('{', '}'),
            Kind::Sequence => ('[', ']'),
            _ => return false,
        };
        let inner = self.children(node).next().map(|it| self.start(it));
        self.text[span.clone()].starts_with(open)
            && self.text[span.clone()].ends_with(close)
            && inner.is_none_or(|it| it > span.start)
    }

    /// Whether a node stands within brackets.
    pub(super) fn in_flow(&self, node: usize) -> bool {
        std::iter::successors(self.nodes[node].parent, |it| self.nodes[*it].parent).any(|it| self.is_flow(it))
    }

    /// Where what stands before a node begins: at the end of what was written before.
    fn gap(&self, node: usize) -> usize {
        let Node { parent, before, .. } = self.nodes[node];
        let Some(parent) = parent else { return 0 };
        match before {
            // A value that is not written ends with its `:`.
            Some(before) => self.end(before),
            None if self.is_flow(parent) => self.start(parent) + 1,
            None => self.gap(parent),
        }
    }

    /// What stands between a node and what was written before it. None if that is nothing that is known here.
    pub(super) fn before(&self, node: usize) -> Option<Signs> {
        signs(self.text, self.gap(node)..self.start(node))
    }

    /// Where a node starts with its tag and anchor. None where these cannot be told from those of what holds it.
    pub(super) fn whole_start(&self, node: usize) -> Option<usize> {
        let start = self.start(node);
        let least = match self.nodes[node] {
            Node { parent: Some(parent), at: 0, .. } => self.start(parent),
            _ => 0,
        };
        let mut first = start;
        for (sign, at) in self.before(node)?.into_iter().rev() {
            match sign {
                Sign::Tag | Sign::Anchor if at.start >= least => first = at.start,
                Sign::Block => {}
                Sign::Indicator(b'?') => return None,
                Sign::Comment if first == start => {}
                _ => break,
            }
        }
        Some(first)
    }

    /// Whether a node has a tag or anchor of its own.
    pub(super) fn has_properties(&self, node: usize) -> bool {
        self.whole_start(node) != Some(self.start(node))
    }

    /// Whether what stands at a node stands elsewhere, too.
    pub(super) fn is_shared(&self, node: usize) -> bool {
        !self.aliased.is_empty()
            && std::iter::successors(Some(node), |it| self.nodes[*it].parent)
                .any(|it| self.aliased.contains(&it))
    }

    /// Whether something elsewhere stands for what a node is or holds.
    pub(super) fn is_wanted_elsewhere(&self, nodes: Range<usize>) -> bool {
        !self.aliased.is_empty()
            && self.nodes.iter().enumerate().any(|(index, it)| {
                self.tree.kind(it.id) == Kind::Alias
                    && nodes.contains(&self.tree.resolve(it.id).index())
                    && !nodes.contains(&index)
            })
    }

    /// The start of the line of an offset.
    pub(super) fn line_start(&self, at: usize) -> usize {
        let starts = self.file.line_starts();
        starts[starts.partition_point(|it| *it as usize <= at).saturating_sub(1)] as usize
    }

    /// The end of the line of an offset, before what ends it.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let next = self.next_line(at);
        let line = &self.text[..next];
        line.strip_suffix('\n').map_or(next, |it| it.strip_suffix('\r').unwrap_or(it).len()).max(at)
    }

    /// The start of the line after that of an offset, or the end of the text.
    pub(super) fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |it| at + it + 1)
    }

    /// What stands on the line before an offset.
    pub(super) fn left_of(&self, at: usize) -> &'f str {
        &self.text[self.line_start(at)..at]
    }

    /// What stands on the line behind an offset.
    pub(super) fn right_of(&self, at: usize) -> &'f str {
        &self.text[at..self.line_end(at)]
    }

    /// The column of an offset, in bytes. None where something stands before it but blanks and dashes.
    pub(super) fn indent(&self, at: usize) -> Option<usize> {
        let left = self.left_of(at);
        let is_indent = left.bytes().all(|it| matches!(it, b' ' | b'-'));
        is_indent.then_some(left.len())
    }
}

/// Lists nodes in the order of the tree, each with its place.
fn collect(
    tree: &Tree,
    id: NodeId,
    parent: Option<usize>,
    (at, before): (usize, Option<usize>),
    out: &mut Vec<Node>,
) {
    let index = out.len();
    out.push(Node { id, parent, at, before, next: 0 });
    let mut before = None;
    for (at, child) in tree.children(id).enumerate() {
        collect(tree, child, Some(index), (at, before), out);
        before = Some(child.index());
    }
    out[index].next = out.len();
}

/// The signs in a part of a text that has no values.
pub(super) fn signs(text: &str, range: Range<usize>) -> Option<Signs> {
    let mut out = Vec::new();
    let mut at = range.start;
    let bytes = text.as_bytes();
    while at < range.end {
        let word = |from: usize| {
            let rest = &text[from..range.end];
            from + rest
                .find(|it: char| it.is_whitespace() || matches!(it, ',' | ']' | '}'))
                .unwrap_or(rest.len())
        };
        let (sign, end) = match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'#' => {
                let rest = &text[at..range.end];
                let line = rest.find('\n').map_or(rest, |it| &rest[..it]);
                (Sign::Comment, at + line.trim_end_matches('\r').len())
            }
            it @ (b':' | b'-' | b',' | b'?' | b'[' | b']' | b'{' | b'}') => (Sign::Indicator(it), at + 1),
            b'!' => (Sign::Tag, word(at)),
            b'&' => (Sign::Anchor, word(at)),
            b'|' | b'>' => (Sign::Block, word(at)),
            // The mark of the order of bytes.
            0xef if text[at..].starts_with('\u{feff}') => {
                at += 3;
                continue;
            }
            _ => return None,
        };
        out.push((sign, at..end));
        at = end;
    }
    Some(out)
}
