//! Values of the resources that the transform makes: each stands where the user wrote what it is made of.

use gatewright_ir::{Name, Span, Spanned, Text};
use gatewright_spec::{Data, Raw};

/// Text.
pub(super) fn text(text: impl Into<Text>, span: Span) -> Raw {
    Raw { span, data: Data::String(text.into()) }
}

/// A mapping.
pub(super) fn map<'k>(span: Span, entries: impl IntoIterator<Item = (&'k str, Raw)>) -> Raw {
    let entries = entries.into_iter().map(|(key, it)| (Spanned::new(key.into(), it.span), it));
    Raw { span, data: Data::Map(entries.collect()) }
}

/// A list.
pub(super) fn list(span: Span, items: Vec<Raw>) -> Raw {
    Raw { span, data: Data::List(items) }
}

/// `!Ref` to a resource or parameter.
pub(super) fn reference(id: &str, span: Span) -> Raw {
    map(span, [("Ref", text(id, span))])
}

/// `!Sub` with one variable of its own.
pub(super) fn substitution(pattern: &str, variable: &str, value: Raw) -> Raw {
    let span = value.span;
    map(span, [("Fn::Sub", list(span, vec![text(pattern, span), map(span, [(variable, value)])]))])
}

/// The properties of a resource that is made of another's: some are taken over, perhaps under another name.
pub(super) struct Properties {
    span: Span,
    entries: Vec<(Name, Raw)>,
}

impl Properties {
    /// None yet.
    pub(super) fn new(span: Span) -> Self {
        Self { span, entries: Vec::new() }
    }

    /// Takes properties over as they are.
    pub(super) fn same(mut self, from: &Raw, keys: &[&str]) -> Self {
        for key in keys {
            self = self.renamed(from, key, key);
        }
        self
    }

    /// Takes a property over under another name.
    pub(super) fn renamed(mut self, from: &Raw, key: &str, name: &str) -> Self {
        if let Data::Map(entries) = &from.data
            && let Some((written, it)) = entries.iter().find(|it| &*it.0.value == key)
        {
            self.entries.push((Spanned::new(name.into(), written.span), it.clone()));
        }
        self
    }

    /// Adds a property.
    pub(super) fn with(self, name: &str, it: Raw) -> Self {
        self.with_some(name, Some(it))
    }

    /// Adds a property if there is a value.
    pub(super) fn with_some(mut self, name: &str, it: Option<Raw>) -> Self {
        self.entries.extend(it.map(|it| (Spanned::new(name.into(), it.span), it)));
        self
    }

    /// The properties as a mapping.
    pub(super) fn mapping(self) -> Raw {
        Raw { span: self.span, data: Data::Map(self.entries) }
    }

    /// A resource of a type with these properties.
    pub(super) fn resource(self, of: &str, condition: Option<&Raw>) -> Raw {
        let span = self.span;
        let properties = self.mapping();
        let mut entries = vec![("Type", text(of, span)), ("Properties", properties)];
        entries.extend(condition.map(|it| ("Condition", it.clone())));
        map(span, entries)
    }
}

/// Tags that were written as a mapping, as a list of `Key` and `Value`.
pub(super) fn tags(from: &Raw) -> Option<Raw> {
    let it = from.get("Tags")?;
    let Data::Map(entries) = &it.data else { return None };
    if it.function().is_some() {
        return None;
    }
    let tag = |(name, it): &(Name, Raw)| {
        map(it.span, [("Key", text(name.value.clone(), name.span)), ("Value", it.clone())])
    };
    Some(list(it.span, entries.iter().map(tag).collect()))
}
