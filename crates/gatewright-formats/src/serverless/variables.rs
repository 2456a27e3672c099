//! Variables: every value of a `serverless.yml` with what its variables stand for.
//!
//! What can only be known elsewhere (`${ssm:…}`, `${cf:…}`, an environment variable that is not set) is written as the
//! function `Fn::Serverless` with the text as its argument, in which what is known stands already:
//! `orders-${env:SUFFIX}`. To everybody else it is one more function that decides later.
//!
//! Source: Serverless Framework documentation, "Variables"; serverless/serverless v3, `lib/configuration/variables`.

use std::sync::Arc;

use gatewright_ir::{Span, Spanned, Text};
use gatewright_spec::{Data, Raw};
use rustc_hash::{FxHashMap, FxHashSet};

use super::syntax::{Part, Source, parts};
use crate::{Documents, Schema};

/// The function that stands for what is known elsewhere.
pub(crate) const DEFERRED: &str = "Fn::Serverless";

/// How many values variables may make, for each one that is written.
const MOST_COPIES: usize = 20;

/// The smallest such budget.
const COPIES: usize = 100_000;

/// How deep variables may lead to variables.
const DEEPEST: usize = 64;

/// How deep values may be nested, through variables too.
const DEEPEST_NESTING: usize = 2 * gatewright_source::MAX_NESTING;

/// What a variable stands for.
enum Found {
    /// A value, in which there may be variables.
    Value(Arc<Raw>),
    /// Nothing: the next source is asked.
    Nothing,
    /// Something that is known elsewhere.
    Elsewhere,
}

/// Puts values in the place of variables.
pub(super) struct Variables<'f> {
    root: Arc<Raw>,
    files: &'f mut dyn Documents,
    /// What variables stand for, by how they are written.
    known: FxHashMap<Text, Option<Arc<Raw>>>,
    /// The variables on the way to the one that is looked at: those that lead to themselves are known nowhere.
    way: FxHashSet<Text>,
    depth: usize,
    /// How many more values may be made.
    left: usize,
}

/// The document with what its variables stand for.
pub(super) fn resolve(root: &Arc<Raw>, files: &mut dyn Documents) -> Raw {
    let left = size(root).saturating_mul(MOST_COPIES).max(COPIES);
    let (known, way) = (FxHashMap::default(), FxHashSet::default());
    let mut variables = Variables { root: root.clone(), files, known, way, depth: 0, left };
    let mut out = variables.expand(root);
    name_pseudo_parameters(&mut out);
    out
}

/// Variables that CloudFormation knows under another name.
///
/// Source: Serverless Framework documentation, "AWS CloudFormation Pseudo Parameters and Intrinsic functions".
const PSEUDO_PARAMETERS: [(&str, &str); 3] = [
    ("${aws:accountId}", "${AWS::AccountId}"),
    ("${aws:region}", "${AWS::Region}"),
    ("${aws:partition}", "${AWS::Partition}"),
];

/// Makes a `Fn::Sub` of what has no other variables than those.
fn name_pseudo_parameters(it: &mut Raw) {
    if let Some(text) = inner(it) {
        let Some(parts) = parts(text) else { return };
        let mut named = String::new();
        for part in parts {
            match part {
                Part::Text(text) => named.push_str(text),
                Part::Variable { written, .. } => {
                    let Some(known) = PSEUDO_PARAMETERS.iter().find(|it| it.0 == written) else { return };
                    named.push_str(known.1);
                }
            }
        }
        let argument = Raw { span: it.span, data: Data::String(named.into()) };
        it.data = Data::Map(vec![(Spanned::new("Fn::Sub".into(), it.span), argument)]);
        return;
    }
    match &mut it.data {
        Data::List(items) => items.iter_mut().for_each(name_pseudo_parameters),
        Data::Map(entries) => entries.iter_mut().for_each(|it| name_pseudo_parameters(&mut it.1)),
        _ => {}
    }
}

fn size(it: &Raw) -> usize {
    match &it.data {
        Data::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Data::Map(entries) => 1 + entries.iter().map(|it| size(&it.1)).sum::<usize>(),
        _ => 1,
    }
}

impl Variables<'_> {
    /// A value with what the variables in it stand for.
    fn expand(&mut self, it: &Raw) -> Raw {
        if self.left == 0 || self.depth > DEEPEST_NESTING {
            return Raw { span: it.span, data: Data::Null };
        }
        self.left -= 1;
        self.depth += 1;
        let data = match &it.data {
            Data::String(text) => self.text(text, it.span),
            Data::List(items) => Data::List(items.iter().map(|it| self.expand(it)).collect()),
            Data::Map(entries) => match it.function() {
                Some(("Fn::Sub", argument)) => self.substitution(argument, it.span),
                // A document that was resolved before.
                Some((DEFERRED, Raw { data: Data::String(text), .. })) => self.text(text, it.span),
                _ => Data::Map(entries.iter().map(|(key, it)| (key.clone(), self.expand(it))).collect()),
            },
            other => other.clone(),
        };
        self.depth -= 1;
        Raw { span: it.span, data }
    }

    /// The text of a `!Sub` has two sorts of variables: those of the framework that are known elsewhere become the
    /// function's own.
    fn substitution(&mut self, argument: &Raw, span: Span) -> Data {
        let argument = self.expand_argument(argument);
        Data::Map(vec![(Spanned::new("Fn::Sub".into(), span), argument)])
    }

    fn expand_argument(&mut self, argument: &Raw) -> Raw {
        let (text, own) = match &argument.data {
            Data::List(items) => (items.first(), items.get(1)),
            _ => (Some(argument), None),
        };
        let Some(Raw { data: Data::String(text), span }) = text else { return self.expand(argument) };
        let Some(parts) = parts(text) else { return self.expand(argument) };
        let span = *span;
        let mut own = match own.map(|it| self.expand(it)) {
            Some(Raw { data: Data::Map(entries), .. }) => entries,
            _ => Vec::new(),
        };
        let mut out = String::new();
        for part in &parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Variable { written, sources } => {
                    let value = self.variable(written, sources).and_then(|it| plain(&self.expand(&it)));
                    match value {
                        Some(text) => out.push_str(&text),
                        None => {
                            let name = format!("Serverless{}", own.len() + 1);
                            out.push_str(&format!("${{{name}}}"));
                            own.push((Spanned::new(name.into(), span), deferred(written, span)));
                        }
                    }
                }
            }
        }
        let text = Raw { span, data: Data::String(out.into()) };
        if own.is_empty() {
            return text;
        }
        Raw { span, data: Data::List(vec![text, Raw { span, data: Data::Map(own) }]) }
    }

    fn text(&mut self, text: &Text, span: Span) -> Data {
        let Some(parts) = parts(text) else { return Data::String(text.clone()) };
        if let [Part::Variable { written, sources }] = &parts[..] {
            return match self.variable(written, sources) {
                Some(value) => self.expand(&value).data,
                None => deferred(written, span).data,
            };
        }
        let mut out = String::new();
        let mut complete = true;
        for part in &parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Variable { written, sources } => {
                    let value = self.variable(written, sources).map(|it| self.expand(&it));
                    match value.as_ref().and_then(plain) {
                        Some(text) => out.push_str(&text),
                        None => {
                            complete = false;
                            out.push_str(value.as_ref().and_then(inner).unwrap_or(written));
                        }
                    }
                }
            }
        }
        // Text that is made of text grows quickly.
        self.left = self.left.saturating_sub(out.len() / 32);
        match complete {
            true => Data::String(out.into()),
            false => deferred(&out, span).data,
        }
    }

    /// What a variable stands for, with variables in it; `None` if that is known elsewhere.
    fn variable(&mut self, written: &str, sources: &[Source<'_>]) -> Option<Arc<Raw>> {
        if let Some(known) = self.known.get(written) {
            return known.clone();
        }
        if self.way.len() >= DEEPEST || !self.way.insert(written.into()) {
            return None;
        }
        let found = self.first(sources);
        self.way.remove(written);
        // On the way to itself a variable may be unknown that is known otherwise.
        if self.way.is_empty() || found.is_some() {
            self.known.insert(written.into(), found.clone());
        }
        found
    }

    fn first(&mut self, sources: &[Source<'_>]) -> Option<Arc<Raw>> {
        for (at, source) in sources.iter().enumerate() {
            match self.source(source, at + 1 == sources.len()) {
                Found::Value(it) => return Some(it),
                Found::Nothing => {}
                Found::Elsewhere => return None,
            }
        }
        None
    }

    fn source(&mut self, source: &Source<'_>, is_last: bool) -> Found {
        let (kind, parameters, address) = match source {
            Source::Literal(data) => return value(data.clone()),
            Source::From { kind, parameters, address } => (*kind, parameters, address),
        };
        let Some(address) = self.joined(address) else { return Found::Elsewhere };
        let keys = || address.split('.').map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>();
        match kind {
            "self" => {
                let root = self.root.clone();
                self.find(&root, &keys())
            }
            // What stands on the command line is not seen here: where nothing else is said, it is what the file says.
            "opt" if is_last && matches!(&*address, "stage" | "region") => {
                self.find(&self.root.clone(), &["provider", &address])
            }
            "opt" => Found::Nothing,
            "sls" if &*address == "stage" => self.stage(),
            "aws" if &*address == "region" => match self.find(&self.root.clone(), &["provider", "region"]) {
                Found::Nothing => Found::Elsewhere,
                found => found,
            },
            "env" => match self.files.variable(&address) {
                Some(text) => value(Data::String(text)),
                None => Found::Nothing,
            },
            "param" => self.parameter(&address),
            "strToBool" => {
                match parameters.first().and_then(|it| self.joined(it)).as_deref().map(str::trim) {
                    Some("true" | "True" | "TRUE" | "1") => value(Data::Bool(true)),
                    Some("false" | "False" | "FALSE" | "0") => value(Data::Bool(false)),
                    _ => Found::Elsewhere,
                }
            }
            "file" => match parameters.first().and_then(|it| self.joined(it)) {
                Some(path) => self.file(&path, &keys()),
                None => Found::Elsewhere,
            },
            _ => Found::Elsewhere,
        }
    }

    /// The stage: what the provider says, or `dev`.
    fn stage(&mut self) -> Found {
        match self.find(&self.root.clone(), &["provider", "stage"]) {
            Found::Nothing => value(Data::String("dev".into())),
            found => found,
        }
    }

    /// A parameter: that of the stage, or that of all stages. Version 4 has `stages` for them.
    fn parameter(&mut self, name: &str) -> Found {
        let Found::Value(stage) = self.stage() else { return Found::Elsewhere };
        let Some(stage) = plain(&self.expand(&stage)) else { return Found::Elsewhere };
        let root = self.root.clone();
        for stage in [&*stage, "default"] {
            for keys in [&["params", stage, name][..], &["stages", stage, "params", name]] {
                match self.find(&root, keys) {
                    Found::Nothing => {}
                    found => return found,
                }
            }
        }
        Found::Nothing
    }

    fn file(&mut self, path: &str, keys: &[&str]) -> Found {
        let ends = |endings: &[&str]| endings.iter().any(|it| path.ends_with(it));
        if path.starts_with(['/', '~']) || ends(&[".js", ".cjs", ".mjs", ".ts"]) {
            return Found::Elsewhere;
        }
        if !ends(&[".yml", ".yaml", ".json", ".tfstate"]) {
            return match self.files.text(path) {
                Ok(text) => value(Data::String(text)),
                Err(_) => Found::Nothing,
            };
        }
        match self.files.document(path, Schema::Yaml12) {
            Ok(document) => self.find(&document, keys),
            Err(_) => Found::Nothing,
        }
    }

    /// What stands under some keys, through variables on the way.
    fn find(&mut self, document: &Arc<Raw>, keys: &[&str]) -> Found {
        if self.depth > DEEPEST_NESTING {
            return Found::Elsewhere;
        }
        self.depth += 1;
        let found = self.walk(document, keys);
        self.depth -= 1;
        found
    }

    fn walk(&mut self, document: &Arc<Raw>, keys: &[&str]) -> Found {
        let mut at: &Raw = document;
        for (done, key) in keys.iter().enumerate() {
            if let Data::String(text) = &at.data
                && let Some(parts) = parts(text)
            {
                let [Part::Variable { written, sources }] = &parts[..] else { return Found::Nothing };
                let Some(value) = self.variable(written, sources) else { return Found::Elsewhere };
                return self.find(&value, &keys[done..]);
            }
            let next = match &at.data {
                Data::List(items) => key.parse().ok().and_then(|it: usize| items.get(it)),
                _ => at.get(key),
            };
            match next {
                Some(next) => at = next,
                None => return Found::Nothing,
            }
        }
        if keys.is_empty() {
            return Found::Value(document.clone());
        }
        // A variable that stands for nothing is as good as nothing.
        if let Data::String(text) = &at.data
            && let Some(parts) = parts(text)
            && let [Part::Variable { written, sources }] = &parts[..]
        {
            return match self.variable(written, sources) {
                Some(value) => Found::Value(value),
                None => Found::Elsewhere,
            };
        }
        if matches!(at.data, Data::Null) {
            return Found::Nothing;
        }
        self.left = self.left.saturating_sub(size(at));
        if self.left == 0 { Found::Elsewhere } else { Found::Value(Arc::new(at.clone())) }
    }

    /// The text of an address or a parameter; `None` if a variable in it is known elsewhere.
    fn joined(&mut self, parts: &[Part<'_>]) -> Option<String> {
        let mut out = String::new();
        for part in parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Variable { written, sources } => {
                    let value = self.variable(written, sources)?;
                    out.push_str(&plain(&self.expand(&value))?);
                }
            }
        }
        Some(out)
    }
}

fn value(data: Data) -> Found {
    match data {
        Data::Null => Found::Nothing,
        data => Found::Value(Arc::new(Raw { span: Span::default(), data })),
    }
}

/// A value that is known elsewhere.
fn deferred(written: &str, span: Span) -> Raw {
    let argument = Raw { span, data: Data::String(written.into()) };
    Raw { span, data: Data::Map(vec![(Spanned::new(DEFERRED.into(), span), argument)]) }
}

/// The text of a value that is known elsewhere.
fn inner(it: &Raw) -> Option<&str> {
    it.function().filter(|it| it.0 == DEFERRED)?.1.as_str()
}

/// A value as a part of text.
fn plain(it: &Raw) -> Option<String> {
    match &it.data {
        Data::String(text) => Some(text.to_string()),
        Data::Bool(it) => Some(it.to_string()),
        Data::Integer(it) => Some(it.to_string()),
        Data::Float(it) => Some(it.to_string()),
        Data::Null | Data::List(_) | Data::Map(_) => None,
    }
}

/// Writes the text of a value that is known elsewhere, with something in the place of its variables.
pub(crate) fn known_parts(text: &str, unknown: &str, out: &mut String) {
    for part in parts(text).unwrap_or_default() {
        out.push_str(match part {
            Part::Text(text) => text,
            Part::Variable { .. } => unknown,
        });
    }
}
