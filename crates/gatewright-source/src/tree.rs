//! The tree: YAML and JSON nodes in one flat list, each with its span.

use crate::{Span, Text};

/// Names one node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// Its place among the nodes of its tree, in the order in which they were written.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A single value; [`Tree::scalar`] is its text.
    Scalar(ScalarStyle),
    /// A list.
    Sequence,
    /// Keys and values.
    Mapping,
    /// A mention of an anchored node. [`Tree::resolve`] follows it.
    Alias,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScalarStyle {
    /// Without quotes: may be a number, a boolean or null.
    Plain,
    /// In quotes, or as a block: always a string.
    Quoted,
}

/// What a tree was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// YAML or JSON: what is not quoted may be read as text, too.
    Yaml,
    /// TOML: text is quoted, and what is quoted is text.
    Toml,
}

/// Where a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The whole comment with its `#`, without the line's end.
    pub span: Span,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// Index into [`TAGS`] plus one, zero for none, or [`UNKNOWN_TAG`].
    pub(crate) tag: u8,
    pub(crate) span: Span,
    /// Scalar: start in the text or index of an owned string. Collection: number of children.
    /// Alias: the target.
    pub(crate) a: u32,
    /// Scalar: length in the text, or [`OWNED`]. Otherwise unused.
    pub(crate) b: u32,
    /// The node after this one and all that is within it.
    pub(crate) next: u32,
}

pub(crate) const OWNED: u32 = u32::MAX;

pub(crate) const UNKNOWN_TAG: u8 = u8::MAX;

/// CloudFormation's short tags and the keys that they stand for. The last are the YAML core schema's, which
/// only say how to read a scalar.
///
/// Source: AWS CloudFormation User Guide, "Intrinsic function reference".
pub(crate) const TAGS: [(&str, &str); 22] = [
    ("Ref", "Ref"),
    ("Condition", "Condition"),
    ("GetAtt", "Fn::GetAtt"),
    ("Sub", "Fn::Sub"),
    ("Join", "Fn::Join"),
    ("If", "Fn::If"),
    ("Select", "Fn::Select"),
    ("Split", "Fn::Split"),
    ("FindInMap", "Fn::FindInMap"),
    ("ImportValue", "Fn::ImportValue"),
    ("Base64", "Fn::Base64"),
    ("Cidr", "Fn::Cidr"),
    ("GetAZs", "Fn::GetAZs"),
    ("Transform", "Fn::Transform"),
    ("And", "Fn::And"),
    ("Or", "Fn::Or"),
    ("Not", "Fn::Not"),
    ("Equals", "Fn::Equals"),
    ("Contains", "Fn::Contains"),
    ("Length", "Fn::Length"),
    ("ToJsonString", "Fn::ToJsonString"),
    ("str", ""),
];

/// A parsed file: nodes in the order in which they were written.
#[derive(Debug)]
pub struct Tree {
    pub(crate) text: Text,
    pub(crate) nodes: Vec<Node>,
    pub(crate) owned: Vec<Box<str>>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) base: u32,
    pub(crate) syntax: Syntax,
}

impl Tree {
    /// What it was read from.
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The first node, unless the file is empty.
    pub fn root(&self) -> Option<NodeId> {
        (!self.nodes.is_empty()).then_some(NodeId(0))
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no node at all.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::new(self.base, self.base + self.text.len() as u32)
    }

    /// What a node is.
    pub fn kind(&self, id: NodeId) -> Kind {
        self.node(id).kind
    }

    /// Where a node stands: without its tag and anchor. A block collection ends with its last child.
    pub fn span_of(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// The CloudFormation function that a node's tag stands for: `!GetAtt` is `Fn::GetAtt`.
    pub fn function(&self, id: NodeId) -> Option<&'static str> {
        let tag = self.node(id).tag.checked_sub(1)?;
        TAGS.get(usize::from(tag)).map(|it| it.1).filter(|it| !it.is_empty())
    }

    /// Whether a scalar is a string whatever it looks like: quoted, or tagged `!!str`.
    pub fn is_string(&self, id: NodeId) -> bool {
        let node = self.node(id);
        node.kind == Kind::Scalar(ScalarStyle::Quoted)
            || node
                .tag
                .checked_sub(1)
                .is_some_and(|it| TAGS.get(usize::from(it)).is_some_and(|it| it.1.is_empty()))
    }

    /// Whether a node bears a tag that nobody knows, which was reported: what it stands for cannot be told.
    pub fn is_unreadable(&self, id: NodeId) -> bool {
        self.node(id).tag == UNKNOWN_TAG
    }

    /// The text of a scalar, with escapes resolved; empty for other nodes.
    pub fn scalar(&self, id: NodeId) -> &str {
        let node = self.node(id);
        match node.kind {
            Kind::Scalar(_) if node.b == OWNED => &self.owned[node.a as usize],
            Kind::Scalar(_) => &self.text[node.a as usize..(node.a + node.b) as usize],
            _ => "",
        }
    }

    /// The node itself, or what an alias stands for.
    pub fn resolve(&self, id: NodeId) -> NodeId {
        let node = self.node(id);
        if node.kind == Kind::Alias { NodeId(node.a) } else { id }
    }

    /// The children of a collection; keys and values of a mapping alternate. Aliases are not followed.
    pub fn children(&self, id: NodeId) -> Children<'_> {
        let node = self.node(id);
        let left = if matches!(node.kind, Kind::Sequence | Kind::Mapping) { node.a } else { 0 };
        Children { tree: self, next: id.0 + 1, left }
    }

    /// The text of a span within this file; empty for any other.
    pub fn source(&self, span: Span) -> &str {
        let local = |at: u32| at.checked_sub(self.base).map(|it| it as usize);
        match (local(span.start), local(span.end)) {
            (Some(start), Some(end)) => self.text.get(start..end).unwrap_or_default(),
            _ => "",
        }
    }

    /// The comments, in the order in which they were written.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Only the comments: all that is wanted of a tree once it is decoded.
    pub fn into_comments(self) -> Vec<Comment> {
        self.comments
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }
}

/// Goes through the children of a node.
#[derive(Clone, Debug)]
pub struct Children<'t> {
    tree: &'t Tree,
    next: u32,
    left: u32,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        self.left = self.left.checked_sub(1)?;
        let id = NodeId(self.next);
        self.next = self.tree.node(id).next;
        Some(id)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}

impl ExactSizeIterator for Children<'_> {}
