//! A document: the tree of a file as one value, with tags written out, aliases and merge keys followed.

use gatewright_source::{Diagnostic, Kind, NodeId, Span, Spanned, Tree};
use gatewright_spec::{Data, Raw};
use rustc_hash::FxHashMap;

/// How plain scalars are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// As CloudFormation reads them: `yes`, `no`, `on`, `off` are booleans and `010` is eight. Dates stay text.
    ///
    /// Source: AWS CloudFormation User Guide, "Template format": YAML 1.1, without time stamps.
    Yaml11,
    /// As OpenAPI and the Serverless Framework read them.
    Yaml12,
}

/// How many values aliases may stand for, for each one that is written.
const MOST_COPIES: usize = 20;

/// The smallest such budget.
const COPIES: usize = 100_000;

/// Makes one value of a file. Keys that come twice and aliases that stand for too much are reported.
pub fn document(tree: &Tree, schema: Schema) -> (Raw, Vec<Diagnostic>) {
    let mut reading = Reading {
        tree,
        schema,
        problems: Vec::new(),
        left: tree.len().saturating_mul(MOST_COPIES).max(COPIES),
    };
    let root = match tree.root() {
        Some(root) => reading.raw(root),
        None => Raw { span: tree.span(), data: Data::Null },
    };
    (root, reading.problems)
}

struct Reading<'t> {
    tree: &'t Tree,
    schema: Schema,
    problems: Vec<Diagnostic>,
    /// How many more values may be made.
    left: usize,
}

impl Reading<'_> {
    /// A node and all within it. How deep that goes is bounded by the parser; through aliases, which only look back,
    /// by the budget and by `depth`.
    fn raw(&mut self, written: NodeId) -> Raw {
        self.nested(written, 0)
    }

    fn nested(&mut self, written: NodeId, depth: usize) -> Raw {
        let tree = self.tree;
        let span = tree.span_of(written);
        let node = tree.resolve(written);
        if self.left == 0 || depth > 2 * gatewright_source::MAX_NESTING {
            return Raw { span, data: Data::Null };
        }
        self.left -= 1;
        if self.left == 0 {
            let problem = Diagnostic::error("syntax", span, "aliases stand for too much");
            self.problems.push(problem.help("write the values out, or use fewer aliases"));
        }
        let data = match tree.kind(node) {
            Kind::Scalar(_) if tree.is_string(node) => Data::String(tree.scalar(node).into()),
            Kind::Scalar(_) => plain(tree.scalar(node), self.schema),
            Kind::Sequence => Data::List(tree.children(node).map(|it| self.nested(it, depth + 1)).collect()),
            Kind::Mapping => self.mapping(node, depth),
            Kind::Alias => Data::Null,
        };
        let span = if node == written { span } else { tree.span_of(node) };
        let Some(function) = tree.function(node) else { return Raw { span, data: split(data, span) } };
        let argument = match data {
            // A short tag makes text of its argument, whatever it looks like.
            Data::Bool(_) | Data::Integer(_) | Data::Float(_) => Data::String(tree.scalar(node).into()),
            other => other,
        };
        let argument = Raw { span, data: argument };
        let map = Data::Map(vec![(Spanned::new(function.into(), span), argument)]);
        Raw { span, data: split(map, span) }
    }

    fn mapping(&mut self, node: NodeId, depth: usize) -> Data {
        let tree = self.tree;
        let mut out: Vec<(Spanned<gatewright_source::Text>, Raw)> =
            Vec::with_capacity(tree.children(node).len() / 2);
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        let mut merges = Vec::new();
        let mut children = tree.children(node);
        while let (Some(key), Some(value)) = (children.next(), children.next()) {
            let key = tree.resolve(key);
            if !matches!(tree.kind(key), Kind::Scalar(_)) {
                continue;
            }
            let (name, span) = (tree.scalar(key), tree.span_of(key));
            if name == "<<" && !tree.is_string(key) {
                merges.push(tree.resolve(value));
                continue;
            }
            if let Some(first) = seen.get(name) {
                let problem = Diagnostic::error("duplicate-key", span, format!("`{name}` is given twice"));
                self.problems.push(problem.label(*first, "first given here").help("remove one of them"));
                continue;
            }
            seen.insert(name, span);
            out.push((Spanned::new(name.into(), span), self.nested(value, depth + 1)));
        }
        for from in merges {
            let from = match tree.kind(from) {
                Kind::Sequence => tree.children(from).map(|it| tree.resolve(it)).collect(),
                _ => vec![from],
            };
            for it in from {
                let Raw { data: Data::Map(more), .. } = self.nested(it, depth + 1) else { continue };
                for (name, it) in more {
                    if !out.iter().any(|known| known.0.value == name.value) {
                        out.push((name, it));
                    }
                }
            }
        }
        Data::Map(out)
    }
}

/// `Fn::GetAtt: A.B` as a list.
fn split(data: Data, span: Span) -> Data {
    let Data::Map(mut entries) = data else { return data };
    if let [(name, argument)] = &mut entries[..]
        && &*name.value == "Fn::GetAtt"
        && let Data::String(text) = &argument.data
        && let Some((resource, attribute)) = text.split_once('.')
    {
        let part = |it: &str| Raw { span, data: Data::String(it.into()) };
        argument.data = Data::List(vec![part(resource), part(attribute)]);
    }
    Data::Map(entries)
}

/// A plain scalar. Numbers that would be written differently (`1.10`, `0123456789`) stay the text that they are.
fn plain(text: &str, schema: Schema) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Data::Null,
        "true" | "True" | "TRUE" => return Data::Bool(true),
        "false" | "False" | "FALSE" => return Data::Bool(false),
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" if schema == Schema::Yaml11 => return Data::Bool(true),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" if schema == Schema::Yaml11 => return Data::Bool(false),
        _ => {}
    }
    let is_number = text.starts_with(|it: char| it.is_ascii_digit() || matches!(it, '-' | '+' | '.'));
    if is_number {
        if let Ok(it) = text.parse::<i64>()
            && it.to_string() == text
        {
            return Data::Integer(it);
        }
        if schema == Schema::Yaml11
            && let Some(digits) = text.strip_prefix('0')
            && !digits.is_empty()
            && let Ok(it) = i64::from_str_radix(digits, 8)
        {
            return Data::Integer(it);
        }
        if text.contains('.')
            && let Ok(it) = text.parse::<f64>()
            && it.is_finite()
            && it.to_string() == text
        {
            return Data::Float(it);
        }
    }
    Data::String(text.into())
}

#[cfg(test)]
mod tests {
    use gatewright_spec::Data;

    use super::{Schema, plain};

    #[test]
    fn scalars_are_those_of_the_schema() {
        assert_eq!(plain("yes", Schema::Yaml11), Data::Bool(true));
        assert_eq!(plain("yes", Schema::Yaml12), Data::String("yes".into()));
        assert_eq!(plain("2010-09-09", Schema::Yaml11), Data::String("2010-09-09".into()));
        assert_eq!(plain("010", Schema::Yaml11), Data::Integer(8));
        assert_eq!(plain("0123456789", Schema::Yaml11), Data::String("0123456789".into()));
        assert_eq!(plain("1.10", Schema::Yaml12), Data::String("1.10".into()));
        assert_eq!(plain("1.5", Schema::Yaml12), Data::Float(1.5));
        assert_eq!(plain("-3", Schema::Yaml12), Data::Integer(-3));
    }
}
