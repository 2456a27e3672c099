//! Words of the configuration: presets, levels, casings, and what makes a run fail.

use std::borrow::Cow;
use std::fmt;

use gatewright_rules::{Casing, Level, Preset};
use gatewright_source::did_you_mean;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::listed;

/// The least severity that makes a run fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FailOn {
    /// Errors only.
    #[default]
    Error,
    /// Warnings, too.
    Warning,
    /// Nothing.
    Never,
}

impl FailOn {
    /// All of them.
    pub const EACH: [Self; 3] = [Self::Error, Self::Warning, Self::Never];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Never => "never",
        }
    }

    /// Whether so many errors and warnings make a run fail.
    pub fn fails(self, errors: usize, warnings: usize) -> bool {
        match self {
            Self::Error => errors > 0,
            Self::Warning => errors + warnings > 0,
            Self::Never => false,
        }
    }
}

/// Something that is written as one of a few words.
pub(crate) trait Word: Copy + Sized + 'static {
    /// What it is called in messages.
    const WHAT: &'static str;
    /// What a schema says of it.
    const DESCRIPTION: &'static str;

    /// All of them, with their words.
    fn each() -> Vec<(Self, &'static str)>;

    /// The one that a word means, or what to say of it.
    fn read(word: &str) -> Result<Self, String> {
        let each = Self::each();
        if let Some(it) = each.iter().find(|it| it.1 == word) {
            return Ok(it.0);
        }
        let all = listed(each.iter().map(|it| it.1));
        // `warn`, as other linters have it; `kebab`.
        let longer = each.iter().map(|it| it.1).find(|it| word.len() > 2 && it.starts_with(word));
        let help = match longer.or_else(|| did_you_mean(word, each.iter().map(|it| it.1))) {
            Some(near) => format!("did you mean `{near}`? Known are {all}"),
            None => format!("known are {all}"),
        };
        let shown: String = word.chars().filter(|it| !it.is_control()).take(40).collect();
        Err(format!("`{shown}` is no {}\n{help}", Self::WHAT))
    }
}

/// A word as it is read from the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written<T>(pub(crate) T);

impl<'de, T: Word> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOf<T>(std::marker::PhantomData<T>);
        impl<T: Word> OneOf<T> {
            fn refuse<E: de::Error>(found: &str) -> E {
                let all = listed(T::each().iter().map(|it| it.1));
                E::custom(format!("expected a {}, found {found}\nknown are {all}, in quotes", T::WHAT))
            }
        }
        impl<'de, T: Word> Visitor<'de> for OneOf<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::WHAT)
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<T, E> {
                T::read(word).map_err(E::custom)
            }

            fn visit_bool<E: de::Error>(self, it: bool) -> Result<T, E> {
                Err(Self::refuse(&format!("`{it}`")))
            }

            fn visit_i64<E: de::Error>(self, it: i64) -> Result<T, E> {
                Err(Self::refuse(&format!("`{it}`")))
            }

            fn visit_f64<E: de::Error>(self, it: f64) -> Result<T, E> {
                Err(Self::refuse(&format!("`{it}`")))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<T, A::Error> {
                Err(Self::refuse("a list"))
            }

            fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<T, A::Error> {
                Err(Self::refuse("a table"))
            }
        }
        deserializer.deserialize_any(OneOf(std::marker::PhantomData)).map(Self)
    }
}

impl<T: Word> JsonSchema for Written<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::WHAT.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = T::each().into_iter().map(|it| it.1).collect();
        json_schema!({ "description": T::DESCRIPTION, "enum": words })
    }
}

macro_rules! words {
    ($($type:ty, $what:literal, $description:literal;)*) => {
        $(impl Word for $type {
            const WHAT: &'static str = $what;
            const DESCRIPTION: &'static str = $description;

            fn each() -> Vec<(Self, &'static str)> {
                Self::EACH.into_iter().map(|it| (it, it.as_str())).collect()
            }
        })*
    };
}

words! {
    Preset, "preset", "The choice of rules to begin with.";
    Level, "level", "`off`; `on`, as severe as the rule itself says; `warning`; `error`.";
    Casing, "casing", "How words are joined in a name.";
    FailOn, "severity", "The least severity that makes the exit code 1.";
}
