//! Decode: from the tree to the types of the language, through serde, reporting every problem at its place.
//!
//! serde stops at the first error and knows no places. Two things lift that. The types of [`crate::value`] ask
//! this deserializer for more than serde's data model (a span, whether a value is deferred) by the name of a
//! newtype. And an error is reported where it happens; the nearest [`crate::Field`], [`crate::List`] or
//! [`crate::Entries`] around it then goes on with what is left.

use std::cell::{Cell, RefCell};
use std::fmt;

use gatewright_source::{Diagnostic, Kind, NodeId, Span, Spanned, Tree, did_you_mean};
use rustc_hash::FxHashMap;
use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use crate::rest_only::rest_only;

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
    let cx = Context {
        tree,
        problems: RefCell::default(),
        seen: Cell::new(0),
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
    let first_line = Span::new(start, start.saturating_add(1).min(tree.span_of(root).end.max(start)));
    let de = De { cx: &cx, node: root, owner: first_line, bare: false, optional: false, alias: None };
    let spec = T::deserialize(de).map_err(|it| it.report(de)).ok();
    let mut problems = cx.problems.into_inner();
    problems.sort_by_key(|it| it.span);
    (spec, problems)
}

struct Context<'t> {
    tree: &'t Tree,
    problems: RefCell<Vec<Diagnostic>>,
    seen: Cell<usize>,
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
}

/// Why a value could not be decoded.
#[derive(Debug)]
pub(crate) enum Error {
    /// It was reported already.
    Reported,
    /// A required key is missing.
    Missing(&'static str),
    /// Something else: message and help.
    Other(Box<(String, Option<String>)>),
}

impl Error {
    fn other(message: impl Into<String>) -> Self {
        Self::Other(Box::new((message.into(), None)))
    }

    fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Other(Box::new((message.into(), Some(help.into()))))
    }

    fn report(self, de: De<'_, '_>) -> Self {
        match self {
            Self::Reported => {}
            Self::Missing(key) => {
                de.cx.report(Diagnostic::error("missing-key", de.owner, format!("`{key}` is missing here")))
            }
            Self::Other(it) => {
                let (message, help) = *it;
                let problem = Diagnostic::error("wrong-type", de.visible_span(), message);
                de.cx.report(match help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
            }
        }
        Self::Reported
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reported => f.write_str("a problem was reported"),
            Self::Missing(key) => write!(f, "`{key}` is missing"),
            Self::Other(it) => f.write_str(&it.0),
        }
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // A type of ours separates what is wrong from what to do with a line break.
        let text = message.to_string();
        match text.split_once('\n') {
            Some((message, help)) => Self::with_help(message, help),
            None => Self::other(text),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        unknown_word(variant, expected)
    }
}

fn unknown_word(word: &str, expected: &[&str]) -> Error {
    let message = format!("`{word}` is not known here");
    let all = list(expected);
    match did_you_mean(word, expected.iter().copied()) {
        Some(near) => Error::with_help(message, format!("did you mean `{near}`? Known are {all}")),
        None => Error::with_help(message, format!("known are {all}")),
    }
}

/// "`a`, `b` and `c`".
fn list(words: &[&str]) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let glue = if at == 0 {
            ""
        } else if at + 1 == words.len() {
            " and "
        } else {
            ", "
        };
        out.push_str(glue);
        out.push('`');
        out.push_str(word);
        out.push('`');
    }
    out
}

/// A key and its value. A key that was misspelt bears the name that was meant.
#[derive(Clone, Copy)]
struct Entry {
    key: NodeId,
    value: NodeId,
    name: Option<&'static str>,
    /// Whether the value is that of another key that cannot be had: it is not read.
    unreadable: bool,
}

impl<'c, 't> De<'c, 't> {
    fn child(self, node: NodeId, owner: Span) -> Self {
        De { node, owner, bare: false, optional: false, ..self }
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
        let node = self.cx.tree.resolve(self.node);
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
            Kind::Mapping => "a mapping".to_owned(),
            Kind::Sequence => "a list".to_owned(),
            _ if self.is_null() => "nothing".to_owned(),
            _ => {
                let text = tree.scalar(self.node);
                if text.chars().count() > 40 { "text".to_owned() } else { format!("`{}`", visible(text)) }
            }
        }
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

    /// The entries of a mapping, merge keys followed. Of equal keys the first is kept and the others are
    /// reported, unless `multi`.
    fn entries(self, multi: bool) -> Result<Vec<Entry>, Error> {
        let tree = self.cx.tree;
        let children = tree.children(self.node);
        let mut out: Vec<Entry> = Vec::with_capacity(children.len() / 2);
        let mut merges = Vec::new();
        self.own_entries(self.node, &mut out, &mut merges)?;
        if !multi {
            self.drop_duplicates(&mut out);
        }
        // Keys written here win over merged ones, earlier merges over later ones; merges may merge again.
        let mut at = 0;
        while at < merges.len() {
            let from: NodeId = merges[at];
            at += 1;
            self.resolved()?;
            let mut more = Vec::new();
            self.own_entries(from, &mut more, &mut merges)?;
            for entry in more {
                if !out.iter().any(|it| tree.scalar(it.key) == tree.scalar(entry.key)) {
                    out.push(entry);
                }
            }
        }
        Ok(out)
    }

    /// The entries of one mapping as written, and the mappings that its `<<` name.
    fn own_entries(self, node: NodeId, out: &mut Vec<Entry>, merges: &mut Vec<NodeId>) -> Result<(), Error> {
        let tree = self.cx.tree;
        let mut children = tree.children(node);
        while let (Some(key), Some(value)) = (children.next(), children.next()) {
            let key = tree.resolve(key);
            if !matches!(tree.kind(key), Kind::Scalar(_)) {
                let problem = Diagnostic::error("wrong-type", tree.span_of(key), "a key must be text");
                self.cx.report(problem);
                continue;
            }
            if tree.scalar(key) != "<<" || tree.is_string(key) {
                out.push(Entry { key, value, name: None, unreadable: false });
                continue;
            }
            let written = value;
            let value = tree.resolve(written);
            match tree.kind(value) {
                Kind::Mapping => merges.push(value),
                Kind::Sequence if tree.children(value).all(|it| is_mapping(tree, it)) => {
                    merges.extend(tree.children(value).map(|it| tree.resolve(it)));
                }
                _ => {
                    let problem =
                        Diagnostic::error("wrong-type", tree.span_of(written), "`<<` merges only mappings");
                    self.cx.report(problem);
                }
            }
            if merges.len() > 10_000 {
                return Err(Error::other("too many merge keys"));
            }
        }
        Ok(())
    }

    fn drop_duplicates(self, entries: &mut Vec<Entry>) {
        let tree = self.cx.tree;
        if entries.len() <= 16 {
            let mut at = 1;
            while at < entries.len() {
                let key = tree.scalar(entries[at].key);
                match entries[..at].iter().find(|it| tree.scalar(it.key) == key) {
                    Some(first) => {
                        self.duplicate(first.key, entries[at].key);
                        entries.remove(at);
                    }
                    None => at += 1,
                }
            }
            return;
        }
        let mut seen: FxHashMap<&str, NodeId> = FxHashMap::default();
        entries.retain(|it| match seen.get(tree.scalar(it.key)) {
            Some(first) => {
                self.duplicate(*first, it.key);
                false
            }
            None => {
                seen.insert(tree.scalar(it.key), it.key);
                true
            }
        });
    }

    fn duplicate(self, first: NodeId, second: NodeId) {
        let tree = self.cx.tree;
        let message = format!("`{}` is given twice", visible(tree.scalar(second)));
        self.cx.report(
            Diagnostic::error("duplicate-key", tree.span_of(second), message)
                .label(tree.span_of(first), "first given here")
                .help("remove one of them"),
        );
    }

    fn integer(self) -> Result<i128, Error> {
        let text = self.text("a whole number")?;
        let digits = text.strip_prefix('+').unwrap_or(text);
        digits.parse().map_err(|_| match digits.as_bytes() {
            [b'0'..=b'9', .., b'A'..=b'Z' | b'a'..=b'z'] => self.expected("a whole number without a unit"),
            _ => self.expected("a whole number"),
        })
    }

    fn float(self) -> Result<f64, Error> {
        let text = self.text("a number")?;
        match text.parse::<f64>() {
            Ok(it) if it.is_finite() => Ok(it),
            _ => Err(self.expected("a number")),
        }
    }

    fn boolean(self) -> Result<bool, Error> {
        match self.text("`true` or `false`")? {
            "true" | "True" | "TRUE" => Ok(true),
            "false" | "False" | "FALSE" => Ok(false),
            text => {
                let Error::Other(mut problem) = self.expected("`true` or `false`") else {
                    return Err(Error::Reported);
                };
                // What older YAML took for booleans.
                problem.1 = match &*text.to_ascii_lowercase() {
                    "yes" | "on" | "y" => Some("write `true`".to_owned()),
                    "no" | "off" | "n" => Some("write `false`".to_owned()),
                    _ => None,
                };
                Err(Error::Other(problem))
            }
        }
    }
}

fn is_mapping(tree: &Tree, node: NodeId) -> bool {
    tree.kind(tree.resolve(node)) == Kind::Mapping
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
        visitor.visit_borrowed_str(self.resolved()?.text("text")?)
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
        if !variants.contains(&word) {
            return Err(unknown_word(word, variants));
        }
        visitor.visit_enum(de::value::StrDeserializer::<Error>::new(word))
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

/// A plain scalar that is a number in YAML 1.2 and the same number for everybody who reads it.
enum Number {
    Integer(i64),
    Float(f64),
}

/// Reads a plain scalar as a number, if writing the number gives the scalar back. `012`, `1e3` and account ids
/// too long for a number stay text.
fn number(text: &str) -> Option<Number> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'-') {
        return None;
    }
    if let Ok(it) = text.parse::<i64>()
        && it.to_string() == text
    {
        return Some(Number::Integer(it));
    }
    let it = text.parse::<f64>().ok()?;
    (text.contains('.') && it.is_finite() && it.to_string() == text).then_some(Number::Float(it))
}

/// What the types of [`crate::value`] asked for: some words, then the value.
struct Asked<'c, 't> {
    de: De<'c, 't>,
    words: [Option<u32>; 3],
    /// Whether an error in the value is reported here, since the type goes on without it.
    report: bool,
}

impl<'t> de::SeqAccess<'t> for Asked<'_, 't> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        for word in &mut self.words {
            if let Some(word) = word.take() {
                return seed.deserialize(word.into_deserializer()).map(Some);
            }
        }
        let de = self.de;
        match seed.deserialize(de) {
            Ok(it) => Ok(Some(it)),
            Err(error) if self.report => Err(error.report(de)),
            Err(error) => Err(error),
        }
    }
}

/// The items of a list.
struct Items<'c, 't> {
    de: De<'c, 't>,
    children: gatewright_source::Children<'t>,
}

impl<'t> de::SeqAccess<'t> for Items<'_, 't> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(node) = self.children.next() else { return Ok(None) };
        let de = self.de.child(node, self.de.cx.tree.span_of(node));
        seed.deserialize(de).map(Some).map_err(|it| it.report(de))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.children.len())
    }
}

/// The entries of a mapping or a struct.
struct Entries<'c, 't> {
    de: De<'c, 't>,
    entries: std::vec::IntoIter<Entry>,
    value: Option<Entry>,
    /// Whether the entries are the keys of a struct.
    of_struct: bool,
}

impl<'c, 't> Entries<'c, 't> {
    /// The entries of a mapping; with the keys of a struct, those that it does not have are reported.
    fn of(
        de: De<'c, 't>,
        known: Option<(&'static str, &'static [&'static str])>,
        multi: bool,
    ) -> Result<Self, Error> {
        let tree = de.cx.tree;
        let mapping = tree.kind(de.node) == Kind::Mapping && de.function().is_none();
        if !mapping && !de.is_null() {
            let problem = de.expected("a mapping");
            return Err(match (problem, known.and_then(|it| example(it.0))) {
                (Error::Other(mut it), Some(example)) => {
                    it.1 = Some(format!("write `{example}`"));
                    Error::Other(it)
                }
                (problem, _) => problem,
            });
        }
        let mut entries = if mapping { de.entries(multi)? } else { Vec::new() };
        if let Some((section, fields)) = known {
            let given: Vec<&str> = entries.iter().map(|it| tree.scalar(it.key)).collect();
            let mut meant: Vec<&str> = Vec::new();
            entries.retain_mut(|it| {
                let word = tree.scalar(it.key);
                if fields.contains(&word) {
                    return true;
                }
                // Keys that begin with `x-` are the user's own, as in OpenAPI and Compose: a place for anchors.
                if word.starts_with("x-") {
                    return false;
                }
                let span = tree.span_of(it.key);
                if let Some((why, instead)) = rest_only(section, word) {
                    let message = format!("HTTP APIs have no `{}`", visible(word));
                    de.cx.report(Diagnostic::error("rest-only-feature", span, message).help(why));
                    it.name = instead;
                    it.unreadable = true;
                } else {
                    let near = synonym(word, fields).or_else(|| did_you_mean(word, fields.iter().copied()));
                    de.cx.report(unknown_key(span, word, near, fields));
                    it.name = near.and_then(|near| fields.iter().copied().find(|it| *it == near));
                }
                // What was meant is read as if it had been written: one mistake, one finding.
                match it.name {
                    Some(name) if !given.contains(&name) && !meant.contains(&name) => {
                        meant.push(name);
                        true
                    }
                    _ => false,
                }
            });
        }
        Ok(Self { de, entries: entries.into_iter(), value: None, of_struct: known.is_some() })
    }
}

/// How a section is written, for people who gave it as a word or number.
fn example(section: &str) -> Option<&'static str> {
    Some(match section {
        "Throttle" => "{ rate: 100, burst: 50 }",
        "Alarm" => "{ above: 1%, for: 5m }",
        "Jwt" => "{ issuer: https://id.example.com, audience: [web] }",
        "MutualTls" => "{ truststore: s3://bucket/ca.pem }",
        "Vpc" => "{ subnets: [!Ref Subnet], securityGroups: [!Ref Group] }",
        "RouteSettings" => "{ throttle: { rate: 100, burst: 50 } }",
        _ => return None,
    })
}

/// The key that another tool's word stands for.
fn synonym(word: &str, fields: &[&'static str]) -> Option<&'static str> {
    const WORDS: [(&str, &str); 9] = [
        ("auth", "authorizer"),
        ("authorization", "authorizer"),
        ("url", "http"),
        ("uri", "http"),
        ("function", "lambda"),
        ("env", "environment"),
        ("envVars", "environment"),
        ("memorySize", "memory"),
        ("identitySource", "identity"),
    ];
    let meant = WORDS.iter().find(|it| it.0 == word)?.1;
    fields.contains(&meant).then_some(meant)
}

fn unknown_key(span: Span, word: &str, near: Option<&str>, fields: &[&str]) -> Diagnostic {
    let problem = Diagnostic::error("unknown-key", span, format!("`{}` is not known here", visible(word)));
    match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("known are {}", list(fields))),
    }
}

impl<'t> de::MapAccess<'t> for Entries<'_, 't> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        self.value = Some(entry);
        if let Some(name) = entry.name {
            return seed.deserialize(name.into_deserializer()).map(Some);
        }
        let span = self.de.cx.tree.span_of(entry.key);
        seed.deserialize(Key { de: self.de.child(entry.key, span) }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(entry) = self.value.take() else { return Err(Error::Reported) };
        let owner = self.de.cx.tree.span_of(entry.key);
        let de = De { optional: self.of_struct, ..self.de.child(entry.value, owner) };
        if entry.unreadable {
            return seed.deserialize(Unreadable(owner));
        }
        seed.deserialize(de).map_err(|it| it.report(de))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// The value of a key that cannot be had: whatever wants it gets nothing, and says nothing more.
struct Unreadable(Span);

impl<'t> Deserializer<'t> for Unreadable {
    type Error = Error;

    fn deserialize_any<V: Visitor<'t>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::Reported)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name != ask::FIELD {
            return Err(Error::Reported);
        }
        let words = [self.0.start, self.0.end, 0].map(Some);
        visitor.visit_seq(Nothing { words })
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Nothing {
    words: [Option<u32>; 3],
}

impl<'t> de::SeqAccess<'t> for Nothing {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        match self.words.iter_mut().find_map(Option::take) {
            Some(word) => seed.deserialize(word.into_deserializer()).map(Some),
            None => Err(Error::Reported),
        }
    }
}

/// A key: text, whatever it looks like.
struct Key<'c, 't> {
    de: De<'c, 't>,
}

impl<'t> Deserializer<'t> for Key<'_, 't> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.de.cx.tree.scalar(self.de.node))
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let span = self.de.cx.tree.span_of(self.de.node);
        let words = [Some(span.start), Some(span.end), Some(0)];
        visitor.visit_seq(KeyParts { key: Some(self), words })
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct KeyParts<'c, 't> {
    key: Option<Key<'c, 't>>,
    words: [Option<u32>; 3],
}

impl<'t> de::SeqAccess<'t> for KeyParts<'_, 't> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        for word in &mut self.words {
            if let Some(word) = word.take() {
                return seed.deserialize(word.into_deserializer()).map(Some);
            }
        }
        self.key.take().map(|key| seed.deserialize(key)).transpose()
    }
}

/// A tagged node as the mapping that its tag stands for.
struct Function<'c, 't> {
    de: De<'c, 't>,
    name: Option<&'static str>,
}

impl<'t> de::MapAccess<'t> for Function<'_, 't> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(name) = self.name.take() else { return Ok(None) };
        seed.deserialize(FunctionName { name, span: self.de.cx.tree.span_of(self.de.node) }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let de = De { bare: true, ..self.de };
        seed.deserialize(de).map_err(|it| it.report(de))
    }
}

/// The name of a function, standing where the value stands.
struct FunctionName {
    name: &'static str,
    span: Span,
}

impl<'t> Deserializer<'t> for FunctionName {
    type Error = Error;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.name)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let (start, end) = (self.span.start, self.span.end);
        let words = [start.into_deserializer(), end.into_deserializer(), 0_u32.into_deserializer()];
        visitor.visit_seq(FunctionParts { words: words.into_iter(), name: Some(self) })
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct FunctionParts {
    words: std::array::IntoIter<de::value::U32Deserializer<Error>, 3>,
    name: Option<FunctionName>,
}

impl<'t> de::SeqAccess<'t> for FunctionParts {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if let Some(word) = self.words.next() {
            return seed.deserialize(word).map(Some);
        }
        self.name.take().map(|it| seed.deserialize(it)).transpose()
    }
}

/// A name and its place, for messages.
pub(crate) type Name = Spanned<gatewright_source::Text>;
