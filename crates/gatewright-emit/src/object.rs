//! JSON objects, key by key.

use gatewright_ir::{Located, Name, Value as IrValue};
use serde_json::{Map, Value};

/// An object under construction. Keys stay in the order in which they come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object(Map<String, Value>);

impl Object {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a key.
    pub(crate) fn set(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.0.insert(key.into(), value.into());
        self
    }

    /// Adds a key, if there is a value.
    pub(crate) fn maybe<V: Into<Value>>(self, key: &str, value: Option<V>) -> Self {
        match value {
            Some(it) => self.set(key, it),
            None => self,
        }
    }

    /// Adds a list, or a function that yields one, if it is not empty.
    pub(crate) fn list(self, key: &str, items: impl Into<Value>) -> Self {
        let items = items.into();
        if items.as_array().is_some_and(Vec::is_empty) { self } else { self.set(key, items) }
    }

    /// Adds an object, if it is not empty.
    pub(crate) fn object(self, key: &str, it: Object) -> Self {
        if it.0.is_empty() { self } else { self.set(key, it) }
    }

    /// Whether there is this key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The keys.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The values.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.values()
    }

    /// Whether there is no key.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The object.
    pub(crate) fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

impl From<Object> for Value {
    fn from(it: Object) -> Self {
        Self::Object(it.0)
    }
}

impl FromIterator<(String, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

/// A value as JSON: what is known in its own spelling, what is deferred as it was written.
pub(crate) fn json<T>(it: &Located<T>, known: impl FnOnce(&T) -> Value) -> Value {
    match &it.value {
        IrValue::Known(it) => known(it),
        IrValue::Deferred(it) => it.to_json(),
    }
}

/// `true` or `false`, or the function that gives it.
pub(crate) fn flag(it: &Located<bool>) -> Value {
    json(it, |it| (*it).into())
}

/// Text, or the function that gives it.
pub(crate) fn text<T: AsRef<str>>(it: &Located<T>) -> Value {
    json(it, |it| it.as_ref().into())
}

/// Several texts.
pub(crate) fn texts<T: AsRef<str>>(items: &[Located<T>]) -> Vec<Value> {
    items.iter().map(text).collect()
}

/// Names and texts.
pub(crate) fn pairs<T: AsRef<str>>(items: &[(Name, Located<T>)]) -> Object {
    items.iter().map(|(name, it)| (name.value.to_string(), text(it))).collect()
}

/// Tags of the API and, stronger, a thing's own.
pub(crate) fn tags<T: AsRef<str>>(of_api: &[(Name, Located<T>)], own: &[(Name, Located<T>)]) -> Object {
    let mut out = pairs(of_api).into_map();
    out.extend(pairs(own).into_map());
    Object(out)
}

/// Tags as a list of keys and values.
pub(crate) fn tag_list(tags: Object) -> Vec<Value> {
    let entry = |(name, it): (String, Value)| Object::new().set("Key", name).set("Value", it).into();
    tags.into_map().into_iter().map(entry).collect()
}

/// A number without a fraction as an integer: `50`, not `50.0`.
pub(crate) fn number(it: f64) -> Value {
    if it.fract() == 0.0 && it.abs() < 9e15 { Value::from(it as i64) } else { Value::from(it) }
}
