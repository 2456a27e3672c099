//! Fixes: what could be written instead, as plain data. How it is written into the text is the compiler's business.

use crate::{Span, is_plainly_meant};

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
    /// What they come to in the text, by place. The compiler finds it out; a fix that cannot be written exactly as it is
    /// meant is no fix.
    pub replacements: Vec<Replacement>,
}

/// Text in place of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What goes; empty where something is only added.
    pub span: Span,
    /// What stands there then.
    pub text: String,
}

impl Fix {
    /// A fix that may be made without a look.
    pub fn safe(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self::new(Safety::Safe, title, edits)
    }

    /// A fix that somebody should look at.
    pub fn needs_a_look(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self::new(Safety::Unsafe, title, edits)
    }

    /// A word of which another was meant: safe if that is plain.
    pub fn spelling(at: Span, word: &str, meant: &str) -> Self {
        let edit = Edit::Reword { at, from: word.to_owned(), to: meant.to_owned() };
        let safety = if is_plainly_meant(word, meant) { Safety::Safe } else { Safety::Unsafe };
        Self::new(safety, format!("write `{meant}`"), [edit])
    }

    fn new(safety: Safety, title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self { title: title.into(), safety, edits: edits.into_iter().collect(), replacements: Vec::new() }
    }
}

/// One edit of a file's tree, by the spans of what stands there. It says what is meant: quotes, indentation, commas and
/// the comments around it are found from the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Another value, or another key, where one stands.
    Set {
        /// The value or key. In place of one with a tag (`!Ref`) only a function may be set: what it comes to is not known
        /// before a deployment.
        at: Span,
        /// What stands there then.
        value: Written,
    },
    /// A part of a text becomes another, wherever in the value or key it stands: within the text of a `!Sub`, too. The
    /// part must be in it exactly once.
    Reword {
        /// The value or key.
        at: Span,
        /// What stands there.
        from: String,
        /// What stands there then.
        to: String,
    },
    /// An entry of a mapping or an item of a list goes, with all that it holds.
    Remove {
        /// The entry: its key or its value; or the item.
        entry: Span,
    },
    /// The entry goes whose list holds an item, or whose mapping holds a key. What is itself the value of an entry means
    /// that entry.
    RemoveHolder {
        /// The item, the key, or the value.
        of: Span,
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
        /// The mapping or list itself; a span of a key means the value of that key, and for a new item a span of another item
        /// means the list that holds it.
        collection: Span,
        /// The new key; none in a list.
        key: Option<String>,
        /// The new value or item.
        value: Written,
    },
    /// A comment goes.
    Uncomment {
        /// The whole comment.
        comment: Span,
    },
}

impl Edit {
    /// [`Edit::Set`]
    pub fn set(at: Span, value: Written) -> Self {
        Self::Set { at, value }
    }

    /// [`Edit::Reword`]
    pub fn reword(at: Span, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self::Reword { at, from: from.into(), to: to.into() }
    }

    /// [`Edit::Remove`]
    pub fn remove(entry: Span) -> Self {
        Self::Remove { entry }
    }

    /// [`Edit::RemoveHolder`]
    pub fn remove_holder(of: Span) -> Self {
        Self::RemoveHolder { of }
    }

    /// [`Edit::AddBeside`]
    pub fn beside(entry: Span, key: impl Into<String>, value: Written) -> Self {
        Self::AddBeside { entry, key: key.into(), value }
    }

    /// [`Edit::AddInto`], for a mapping.
    pub fn entry(collection: Span, key: impl Into<String>, value: Written) -> Self {
        Self::AddInto { collection, key: Some(key.into()), value }
    }

    /// [`Edit::AddInto`], for a list.
    pub fn item(collection: Span, value: Written) -> Self {
        Self::AddInto { collection, key: None, value }
    }

    /// The place that it names.
    pub fn place(&self) -> Span {
        match self {
            Self::Set { at, .. } | Self::Reword { at, .. } => *at,
            Self::Remove { entry } | Self::AddBeside { entry, .. } => *entry,
            Self::RemoveHolder { of } => *of,
            Self::AddInto { collection, .. } => *collection,
            Self::Uncomment { comment } => *comment,
        }
    }
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

    /// `!Ref`, written as the file writes functions.
    pub fn reference(id: impl Into<String>) -> Self {
        Self::Mapping(vec![("Ref".to_owned(), Self::text(id))])
    }

    /// `!GetAtt`, written as the file writes functions.
    pub fn attribute(id: impl Into<String>, attribute: impl Into<String>) -> Self {
        Self::Mapping(vec![(
            "Fn::GetAtt".to_owned(),
            Self::List(vec![Self::text(id), Self::text(attribute)]),
        )])
    }

    /// `!Sub`, written as the file writes functions.
    pub fn substituted(text: impl Into<String>) -> Self {
        Self::Mapping(vec![("Fn::Sub".to_owned(), Self::text(text))])
    }

    /// A number.
    pub fn number(number: impl ToString) -> Self {
        Self::Bare(number.to_string())
    }
}
