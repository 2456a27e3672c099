//! Fixes: what could be written instead, as plain data. How it is written into the text is the compiler's business.

use crate::Span;

/// Whether a fix may be made without a person's look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// What is meant is plain, and nothing else changes.
    Safe,
    /// It is probably meant, or it changes what is deployed in a way that somebody should want.
    Unsafe,
}

impl Safety {
    /// The word for it: `safe` or `unsafe`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// What makes a finding go away: edits that are made together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as one would ask for it: "remove `cors`". No full stop.
    pub title: String,
    /// Whether it may be made without a look.
    pub safety: Safety,
    /// The edits, which don't touch each other.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that may be made without a look.
    pub fn safe(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, edits: edits.into_iter().collect() }
    }

    /// A fix that somebody should look at.
    pub fn needs_a_look(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, edits: edits.into_iter().collect() }
    }
}

/// One edit of a file's tree, by the spans of what stands there. It says what is meant: quotes, indentation, commas and
/// the comments around it are found from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Another value, or another key, where one stands.
    Set {
        /// The value or key.
        at: Span,
        /// What stands there then.
        value: Written,
    },
    /// An entry of a mapping or an item of a list goes, with all that it holds.
    Remove {
        /// The entry: its key or its value; or the item.
        entry: Span,
    },
    /// A new entry in a mapping, right after another of its entries.
    AddBeside {
        /// The other entry: its key or its value.
        entry: Span,
        /// The new key.
        key: String,
        /// The new value.
        value: Written,
    },
    /// A new entry in a mapping, or a new item in a list, as the last.
    AddInto {
        /// The mapping or list itself; a span of a key means the value of that key.
        collection: Span,
        /// The new key; none in a list.
        key: Option<String>,
        /// The new value or item.
        value: Written,
    },
}

/// A value that a fix writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A text, in quotes where it needs them.
    Text(String),
    /// A number, or a word that is no text: `true`, `null`, `30`.
    Bare(String),
    /// A list.
    List(Vec<Written>),
    /// A mapping.
    Mapping(Vec<(String, Written)>),
}

impl Written {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// `true` or `false`.
    pub fn flag(flag: bool) -> Self {
        Self::Bare(flag.to_string())
    }

    /// A number.
    pub fn number(number: impl ToString) -> Self {
        Self::Bare(number.to_string())
    }
}
