//! Values that are known, and values that only CloudFormation knows.

use std::sync::Arc;

use gatewright_source::{Span, Spanned, Text};
use gatewright_spec::{Data, Raw};

/// A name and where it was written.
pub type Name = Spanned<Text>;

/// A value, known or not, and where it was written.
pub type Located<T> = Spanned<Value<T>>;

/// A list that is known, item by item or not at all, and where it was written.
pub type LocatedList = Located<Vec<Located<Text>>>;

/// A value that is known now, or one that CloudFormation knows when it deploys.
///
/// A rule that needs the value stays silent on a deferred one.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<T> {
    /// The value itself.
    Known(T),
    /// A function such as `!Ref`; or something that could not be read, which was reported.
    Deferred(Arc<Raw>),
}

impl<T> Value<T> {
    /// A value that could not be read, which was reported: no rule has more to say about it.
    pub fn unknown(span: Span) -> Self {
        Self::Deferred(Arc::new(Raw { span, data: Data::Null }))
    }

    /// The value, if it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(it) => Some(it),
            Self::Deferred(_) => None,
        }
    }

    /// The function, if the value is deferred.
    pub fn deferred(&self) -> Option<&Raw> {
        match self {
            Self::Known(_) => None,
            Self::Deferred(it) => Some(it),
        }
    }
}

impl Value<Text> {
    /// The text, if it is known.
    pub fn as_str(&self) -> Option<&str> {
        self.known().map(|it| &**it)
    }

    /// As JSON: text, or the function.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Known(it) => it.as_ref().into(),
            Self::Deferred(it) => it.to_json(),
        }
    }
}

/// A known value at a place.
pub fn known<T>(value: T, span: Span) -> Located<T> {
    Spanned::new(Value::Known(value), span)
}
