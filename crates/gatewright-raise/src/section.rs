//! Sections: mappings that are put together key by key.

use serde_json::{Map, Value};

/// A mapping. Keys stay in the order in which they come.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Section(Map<String, Value>);

impl Section {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a key.
    pub(crate) fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    /// With a key.
    pub(crate) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.set(key, value);
        self
    }

    /// Adds a key, if there is a value.
    pub(crate) fn maybe(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(it) = value {
            self.set(key, it);
        }
    }

    /// Adds a mapping, if it is not empty.
    pub(crate) fn section(&mut self, key: &str, it: Section) {
        if !it.is_empty() {
            self.set(key, it);
        }
    }

    /// Adds a list, if it is not empty.
    pub(crate) fn list(&mut self, key: &str, items: Vec<Value>) {
        if !items.is_empty() {
            self.set(key, items);
        }
    }

    /// Adds a list, if it is not empty; of one item that item.
    pub(crate) fn one_or_many(&mut self, key: &str, mut items: Vec<Value>) {
        match items.len() {
            0 => {}
            1 => self.maybe(key, items.pop()),
            _ => self.set(key, items),
        }
    }

    /// Adds the keys of another mapping.
    pub(crate) fn append(&mut self, mut other: Section) {
        self.0.append(&mut other.0);
    }

    /// What stands under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Whether there is this key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Section> for Value {
    fn from(it: Section) -> Self {
        Self::Object(it.0)
    }
}

impl FromIterator<(String, Value)> for Section {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}
