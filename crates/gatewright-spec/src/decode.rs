//! Decode: from the tree to the types of the language, through serde, reporting every problem at its place.
//!
//! serde stops at the first error and knows no places. Two things lift that. The types of [`crate::value`] ask
//! this deserializer for more than serde's data model (a span, whether a value is deferred) by the name of a
//! newtype. And an error is reported where it happens; the nearest [`crate::Field`], [`crate::List`] or
//! [`crate::Entries`] around it then goes on with what is left.

mod access;
mod entries;
mod error;
mod scalar;

use std::cell::{Cell, RefCell};

use gatewright_source::{Diagnostic, Kind, MAX_NESTING, NodeId, Span, Spanned, Syntax, Text, Tree};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use access::{Asked, Function, Items};
use entries::Entries;
use error::{Error, list, unknown_word};
use scalar::{Number, number};

use crate::{Kind as ApiKind, Spec};

/// The names by which the types of [`crate::value`] ask for what serde cannot express.
pub(crate) mod ask {
    /// Start, end, whether nothing stands here, value.
    pub(crate) const FIELD: &str = "$field";
    /// 0 and the value, or 1 and the CloudFormation function.
    pub(crate) const VALUE: &str = "$value";
    /// 1 for a mapping, 0 for anything else; then the value.
    pub(crate) const EITHER: &str = "$either";
    /// 1 for a list, 0 for anything else; then the value.
    pub(crate) const ONE_OR_MANY: &str = "$one-or-many";
    /// A mapping whose duplicate keys are kept.
    pub(crate) const MULTI: &str = "$multi";
}

/// Decodes a whole tree. Never fails: what could not be read is reported and left out.
pub fn decode<'t, T: Deserialize<'t>>(tree: &'t Tree) -> (Option<T>, Vec<Diagnostic>) {
    decode_as(tree, None)
}

/// Decodes a specification, or a file that it includes, and reports the keys that its kind of API does not have.
pub fn decode_spec(tree: &Tree, kind: Option<ApiKind>) -> (Option<Spec>, Vec<Diagnostic>) {
    decode_as(tree, kind)
}

/// The kind of API that a specification says it describes.
pub fn kind_of(tree: &Tree) -> Option<ApiKind> {
    let root = tree.resolve(tree.root()?);
    if tree.kind(root) != Kind::Mapping {
        return None;
    }
    let mut children = tree.children(root);
    while let (Some(key), Some(value)) = (children.next(), children.next()) {
        let (key, value) = (tree.resolve(key), tree.resolve(value));
        let is_text = |it| matches!(tree.kind(it), Kind::Scalar(_));
        if is_text(key) && is_text(value) && tree.scalar(key) == "kind" {
            return match tree.scalar(value) {
                "http" | "HTTP" => Some(ApiKind::Http),
                "rest" | "REST" => Some(ApiKind::Rest),
                "websocket" | "WEBSOCKET" => Some(ApiKind::WebSocket),
                _ => None,
            };
        }
    }
    None
}

fn decode_as<'t, T: Deserialize<'t>>(tree: &'t Tree, kind: Option<ApiKind>) -> (Option<T>, Vec<Diagnostic>) {
    let cx = Context {
        tree,
        kind,
        problems: RefCell::default(),
        seen: Cell::new(0),
        too_deep: Cell::new(false),
        // Aliases may make the document larger than it is written, but not without bound.
        budget: tree.len().saturating_mul(10).saturating_add(100_000),
    };
    let Some(root) = tree.root() else {
        let at = Span::new(tree.span().start, tree.span().start);
        let problem = Diagnostic::error("syntax", at, "the file is empty")
            .help("`gatewright init` writes a file to start from");
        return (None, vec![problem]);
    };
    let start = tree.span_of(root).start;
    let start_of_file = Span::new(start, start.saturating_add(1).min(tree.span_of(root).end.max(start)));
    let de =
        De { cx: &cx, node: root, owner: start_of_file, bare: false, optional: false, alias: None, depth: 0 };
    let spec = T::deserialize(de).map_err(|it| it.report(de)).ok();
    let mut problems = cx.problems.into_inner();
    problems.sort_by_key(|it| it.span);
    (spec, problems)
}

struct Context<'t> {
    tree: &'t Tree,
    /// The kind of API, if it is known: not every one has every key.
    kind: Option<ApiKind>,
    problems: RefCell<Vec<Diagnostic>>,
    seen: Cell<usize>,
    too_deep: Cell<bool>,
    budget: usize,
}

impl Context<'_> {
    fn report(&self, problem: Diagnostic) {
        self.problems.borrow_mut().push(problem);
    }
}

/// A node on its way into a type.
#[derive(Clone, Copy)]
struct De<'c, 't> {
    cx: &'c Context<'t>,
    node: NodeId,
    /// The key that the node stands under: where something missing within it is reported.
    owner: Span,
    /// Whether the node's tag was dealt with already.
    bare: bool,
    /// Whether nothing may stand here: the node is the value of a struct's key.
    optional: bool,
    /// The alias that led here, the outermost of several.
    alias: Option<Span>,
    /// How deep the node is nested, aliases followed.
    depth: u16,
}

impl<'c, 't> De<'c, 't> {
    fn child(self, node: NodeId, owner: Span) -> Self {
        De { node, owner, bare: false, optional: false, depth: self.depth + 1, ..self }
    }

    fn visible_span(self) -> Span {
        let span = self.cx.tree.span_of(self.node);
        if span.start == span.end { self.owner } else { span }
    }

    /// Follows an alias, and counts: a document may not grow without bound.
    fn resolved(self) -> Result<Self, Error> {
        let seen = self.cx.seen.get() + 1;
        self.cx.seen.set(seen);
        if seen > self.cx.budget {
            if seen == self.cx.budget + 1 {
                let span = self.alias.unwrap_or_else(|| self.visible_span());
                let problem = Diagnostic::error("syntax", span, "the aliases here stand for too many values");
                self.cx.report(problem.help("write the values out"));
            }
            return Err(Error::Reported);
        }
        // Within one anchor the parser sees to it; aliases in anchors may pile up.
        if usize::from(self.depth) > MAX_NESTING {
            if !self.cx.too_deep.replace(true) {
                let span = self.alias.unwrap_or_else(|| self.visible_span());
                let message = format!("with its aliases, this nests more than {MAX_NESTING} levels");
                self.cx.report(Diagnostic::error("syntax", span, message).help("write the values out"));
            }
            return Err(Error::Reported);
        }
        let node = self.cx.tree.resolve(self.node);
        if self.cx.tree.is_unreadable(node) {
            return Err(Error::Reported);
        }
        let span = self.cx.tree.span_of(self.node);
        let alias = if node == self.node { self.alias } else { self.alias.or(Some(span)) };
        Ok(De { node, alias, ..self })
    }

    fn function(self) -> Option<&'static str> {
        if self.bare { None } else { self.cx.tree.function(self.node) }
    }

    /// Whether the node is a CloudFormation function: by tag, or as a mapping with one key `Ref` or `Fn::…`.
    fn is_deferred(self) -> bool {
        if self.function().is_some() {
            return true;
        }
        let tree = self.cx.tree;
        if tree.kind(self.node) != Kind::Mapping {
            return false;
        }
        let mut children = tree.children(self.node);
        match (children.next(), children.len()) {
            (Some(key), 1) => {
                let key = tree.scalar(key);
                key == "Ref" || key.starts_with("Fn::")
            }
            _ => false,
        }
    }

    fn is_null(self) -> bool {
        let tree = self.cx.tree;
        matches!(tree.kind(self.node), Kind::Scalar(_))
            && !tree.is_string(self.node)
            && matches!(tree.scalar(self.node), "" | "~" | "null" | "Null" | "NULL")
            && self.function().is_none()
    }

    /// The node in words.
    fn found(self) -> String {
        let tree = self.cx.tree;
        if self.function().is_some() {
            return "a CloudFormation function".to_owned();
        }
        match tree.kind(self.node) {
            Kind::Mapping => self.mapping().to_owned(),
            Kind::Sequence => "a list".to_owned(),
            _ if self.is_null() => "nothing".to_owned(),
            _ => {
                let text = tree.scalar(self.node);
                if text.chars().count() > 40 { "text".to_owned() } else { format!("`{}`", visible(text)) }
            }
        }
    }

    /// What a mapping is called where the node was written.
    fn mapping(self) -> &'static str {
        match self.cx.tree.syntax() {
            Syntax::Yaml => "a mapping",
            Syntax::Toml => "a table",
        }
    }

    /// Whether text was written as something else, or something else as text, and that makes a difference.
    fn is_mistyped(self, quoted: bool) -> bool {
        self.cx.tree.syntax() == Syntax::Toml && self.cx.tree.is_string(self.node) != quoted
    }

    fn expected(self, what: &str) -> Error {
        Error::other(format!("expected {what}, found {}", self.found()))
    }

    /// Text of a scalar that is neither null nor a function.
    fn text(self, what: &str) -> Result<&'t str, Error> {
        match self.cx.tree.kind(self.node) {
            Kind::Scalar(_) if self.function().is_none() && !self.is_null() => {
                Ok(self.cx.tree.scalar(self.node))
            }
            _ => Err(self.expected(what)),
        }
    }
}

/// Text as it may be shown: without what could steer a terminal.
fn visible(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { '\u{fffd}' } else { it }).collect()
}

impl<'t> Deserializer<'t> for De<'_, 't> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        let de = self.resolved()?;
        if let Some(function) = de.function() {
            // `!GetAtt A.B` is `{"Fn::GetAtt": ["A", "B"]}`.
            return visitor.visit_map(Function { de, name: Some(function) });
        }
        let tree = de.cx.tree;
        match tree.kind(de.node) {
            Kind::Mapping => visitor.visit_map(Entries::of(de, None, false)?),
            Kind::Sequence => visitor.visit_seq(Items { de, children: tree.children(de.node) }),
            _ if tree.is_string(de.node) => visitor.visit_borrowed_str(tree.scalar(de.node)),
            _ => match tree.scalar(de.node) {
                "" | "~" | "null" | "Null" | "NULL" => visitor.visit_unit(),
                "true" | "True" | "TRUE" => visitor.visit_bool(true),
                "false" | "False" | "FALSE" => visitor.visit_bool(false),
                text => match number(text) {
                    Some(Number::Integer(it)) => visitor.visit_i64(it),
                    Some(Number::Float(it)) => visitor.visit_f64(it),
                    None => visitor.visit_borrowed_str(text),
                },
            },
        }
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.resolved()?.boolean()?)
    }

    fn deserialize_u64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        let de = self.resolved()?;
        match u64::try_from(de.integer()?) {
            Ok(it) => visitor.visit_u64(it),
            Err(_) => Err(de.expected("a whole number, zero or more")),
        }
    }

    fn deserialize_i64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        let de = self.resolved()?;
        match i64::try_from(de.integer()?) {
            Ok(it) => visitor.visit_i64(it),
            Err(_) => Err(de.expected("a whole number")),
        }
    }

    fn deserialize_f64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(self.resolved()?.float()?)
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        let de = self.resolved()?;
        let value = visitor.visit_borrowed_str(de.text("text")?);
        // What a number that is no text should have been is known to who wants it: `60` is no duration, `60s` is one.
        if value.is_ok() && de.is_mistyped(true) { Err(de.expected("text")) } else { value }
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.resolved()?.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        let de = self.resolved()?;
        let tree = de.cx.tree;
        if de.function().is_some() || !(tree.kind(de.node) == Kind::Sequence || de.is_null()) {
            return Err(de.expected("a list"));
        }
        visitor.visit_seq(Items { de, children: tree.children(de.node) })
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        let de = self.resolved()?;
        visitor.visit_map(Entries::of(de, None, false)?)
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let de = self.resolved()?;
        visitor.visit_map(Entries::of(de, Some((name, fields)), false)?)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let de = self.resolved()?;
        let word = de.text(&format!("one of {}", list(variants)))?;
        // AWS writes most of them in capitals.
        let is_meant = |it: &&&str| **it == word || it.to_ascii_uppercase() == word;
        match variants.iter().find(is_meant) {
            Some(it) => visitor.visit_enum(de::value::StrDeserializer::<Error>::new(it)),
            None => Err(unknown_word(word, variants)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            ask::FIELD => {
                let span = self.cx.tree.span_of(self.node);
                let nothing = self.optional && De { node: self.cx.tree.resolve(self.node), ..self }.is_null();
                let words = [Some(span.start), Some(span.end), Some(u32::from(nothing))];
                visitor.visit_seq(Asked { de: self, words, report: !nothing })
            }
            ask::VALUE => {
                let de = self.resolved()?;
                let deferred = u32::from(de.is_deferred());
                visitor.visit_seq(Asked { de, words: [Some(deferred), None, None], report: false })
            }
            ask::EITHER => {
                let de = self.resolved()?;
                let mapping = de.cx.tree.kind(de.node) == Kind::Mapping && !de.is_deferred() || de.is_null();
                visitor.visit_seq(Asked { de, words: [Some(u32::from(mapping)), None, None], report: false })
            }
            ask::ONE_OR_MANY => {
                let de = self.resolved()?;
                let many = de.cx.tree.kind(de.node) == Kind::Sequence && de.function().is_none();
                visitor.visit_seq(Asked { de, words: [Some(u32::from(many)), None, None], report: false })
            }
            ask::MULTI => {
                let de = self.resolved()?;
                visitor.visit_map(Entries::of(de, None, true)?)
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        i8 i16 i32 i128 u8 u16 u32 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// A name and its place, for messages.
pub(crate) type Name = Spanned<Text>;
