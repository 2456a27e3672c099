//! The shape of a mapping: its keys, which of them have to be there, and which words they take.

use gatewright_ir::{Name, Raw, Span};

use crate::rules::cloudformation::property::{branches, entries, is_whole, items, literal};
use crate::rules::cloudformation::template::Resource;

/// How deep parts of resources stand within each other, at most.
const DEEPEST: usize = 6;

/// What a mapping has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// All keys, with spaces between; `None` if others are possible.
    pub(super) keys: Option<&'static str>,
    /// Those that have to be there.
    pub(super) required: &'static str,
    /// The words that some of them take.
    pub(super) words: &'static [(&'static str, &'static Words)],
    /// The mapping, or list of mappings, that stands under some of them.
    pub(super) inside: &'static [(&'static str, &'static Shape)],
}

impl Shape {
    /// A shape with some keys and no others.
    pub(super) const fn of(keys: &'static str) -> Self {
        Self { keys: Some(keys), ..Self::any() }
    }

    /// A shape with any keys.
    pub(super) const fn any() -> Self {
        Self { keys: None, required: "", words: &[], inside: &[] }
    }

    /// The same, and these have to be there.
    pub(super) const fn required(self, required: &'static str) -> Self {
        Self { required, ..self }
    }

    /// The same, with words.
    pub(super) const fn words(self, words: &'static [(&'static str, &'static Words)]) -> Self {
        Self { words, ..self }
    }

    /// The same, with mappings inside.
    pub(super) const fn inside(self, inside: &'static [(&'static str, &'static Shape)]) -> Self {
        Self { inside, ..self }
    }
}

/// The words that a property takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    known: &'static str,
    /// Whether another case is another word; `None` if nobody says so.
    exact: Option<bool>,
}

/// What a word is that is none of those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A word in another case, which may be read all the same.
    Case(&'static str),
    /// Another word.
    Unknown,
}

impl Words {
    pub(super) const fn of(known: &'static str) -> Self {
        Self { known, exact: None }
    }

    /// The registry lists them: CloudFormation compares exactly.
    pub(super) const fn exact(self) -> Self {
        Self { exact: Some(true), ..self }
    }

    /// They are read in any case.
    pub(super) const fn any_case(self) -> Self {
        Self { exact: Some(false), ..self }
    }

    /// The words.
    pub(super) fn known(&self) -> impl Iterator<Item = &'static str> {
        self.known.split(' ')
    }

    /// What is wrong with a word.
    pub(super) fn fault(&self, word: &str) -> Option<Fault> {
        if self.known().any(|it| it == word) {
            return None;
        }
        let same = self.known().find(|it| it.eq_ignore_ascii_case(word));
        match (same, self.exact) {
            (Some(_), Some(false)) => None,
            (Some(it), None) => Some(Fault::Case(it)),
            _ => Some(Fault::Unknown),
        }
    }
}

/// A mapping of a resource and its shape: the properties, or a part of them.
#[derive(Clone, Copy)]
pub(super) struct Part<'t> {
    /// The key that it stands under; of the properties none.
    pub(super) key: Option<&'t Name>,
    /// The mapping.
    pub(super) it: &'t Raw,
    /// Its shape.
    pub(super) shape: &'static Shape,
}

/// The properties of a resource, and the mappings within them.
pub(super) fn parts<'t>(resource: &Resource<'t>, shape: &'static Shape) -> Vec<Part<'t>> {
    let mut out = Vec::new();
    if let Some(properties) = resource.whole.get("Properties") {
        add(Part { key: None, it: properties, shape }, 0, &mut out);
    }
    out
}

fn add<'t>(part: Part<'t>, depth: usize, out: &mut Vec<Part<'t>>) {
    if !is_whole(part.it) || depth > DEEPEST {
        return;
    }
    out.push(part);
    for (key, value) in entries(part.it) {
        let Some((_, shape)) = part.shape.inside.iter().find(|it| it.0 == &*key.value) else { continue };
        for it in branches(value) {
            let all = match items(Some(it)) {
                [] => std::slice::from_ref(it),
                items => items,
            };
            for it in all.iter().flat_map(branches) {
                add(Part { key: Some(key), it, shape }, depth + 1, out);
            }
        }
    }
}

/// The texts under a key: of a list each, of an `If` those of each branch.
pub(super) fn texts(value: &Raw) -> impl Iterator<Item = (&str, Span)> {
    let all = branches(value).flat_map(|it| match items(Some(it)) {
        [] => std::slice::from_ref(it),
        items => items,
    });
    all.flat_map(branches).filter_map(literal)
}

#[cfg(test)]
mod tests {
    use super::super::shapes::TYPES;
    use super::{Fault, Shape, Words};

    #[test]
    fn what_is_said_of_keys_is_said_of_known_ones() {
        fn check(of: &str, shape: &Shape) {
            let Some(keys) = shape.keys else { return };
            let has = |key: &str| assert!(keys.split(' ').any(|it| it == key), "{of}: {key}");
            shape.required.split_whitespace().for_each(has);
            shape.words.iter().for_each(|it| has(it.0));
            for (key, inside) in shape.inside {
                has(key);
                check(of, inside);
            }
        }
        for (name, shape) in &TYPES {
            check(name, shape);
        }
        assert!(TYPES.is_sorted_by_key(|it| it.0));
    }

    #[test]
    fn case_matters_where_it_is_known_to() {
        let words = Words::of("HEADER AUTHORIZER");
        assert_eq!(words.fault("HEADER"), None);
        assert_eq!(words.fault("header"), Some(Fault::Case("HEADER")));
        assert_eq!(words.exact().fault("header"), Some(Fault::Unknown));
        assert_eq!(words.any_case().fault("header"), None);
        assert_eq!(words.fault("HEAD"), Some(Fault::Unknown));
    }
}
