//! What the types of the language are made of: values that know their place, may be missing, broken, deferred,
//! short or long.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use gatewright_source::{Span, Spanned, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::decode::{Name, ask};

/// The value of a key: not given, given but broken (and reported), or given.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Field<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there, and what stands under it was reported.
    Broken(Span),
    /// The value and its place. Few of the many keys of a type are given, so the others shall be small.
    Given(Box<Spanned<T>>),
}

impl<T> Field<T> {
    /// The value and its place, if it was given.
    pub fn given(&self) -> Option<&Spanned<T>> {
        match self {
            Self::Given(it) => Some(it),
            _ => None,
        }
    }

    /// The value, if it was given.
    pub fn value(&self) -> Option<&T> {
        self.given().map(|it| &it.value)
    }

    /// Where the value stands, broken or not.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Absent => None,
            Self::Broken(span) => Some(*span),
            Self::Given(it) => Some(it.span),
        }
    }

    /// Where the value stands, if it could be read. What could not, or what this kind of API does not have, was
    /// reported: one mistake, one finding.
    pub fn stated(&self) -> Option<Span> {
        self.given().map(|it| it.span)
    }

    /// Whether what stands under the key was reported.
    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Broken(_))
    }

    /// Whether the key is not there at all.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Parts<T> {
            type Value = Field<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Field<T>, A::Error> {
                let (span, nothing) = place(&mut parts)?;
                Ok(match parts.next_element::<T>() {
                    Ok(Some(value)) => Field::Given(Box::new(Spanned::new(value, span))),
                    _ if nothing => Field::Absent,
                    _ => Field::Broken(span),
                })
            }
        }
        deserializer.deserialize_newtype_struct(ask::FIELD, Parts(PhantomData))
    }
}

/// Where a value stands, and whether nothing does.
fn place<'de, A: SeqAccess<'de>>(parts: &mut A) -> Result<(Span, bool), A::Error> {
    let start = parts.next_element::<u32>()?.unwrap_or_default();
    let end = parts.next_element::<u32>()?.unwrap_or_default();
    let nothing = parts.next_element::<u32>()?.unwrap_or_default() != 0;
    Ok((Span::new(start, end), nothing))
}

/// A name with its place; only for keys and for the insides of [`Raw`].
struct At(Name);

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = At;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<At, A::Error> {
                let (span, _) = place(&mut parts)?;
                let text: Cow<'de, str> = parts.next_element::<&'de str>()?.unwrap_or_default().into();
                Ok(At(Spanned::new(Text::from(text), span)))
            }
        }
        deserializer.deserialize_newtype_struct(ask::FIELD, Parts)
    }
}

/// Named things in the order in which they were written. A broken one keeps its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries<T>(pub Vec<(Name, Field<T>)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Entries<T> {
    /// Names and values, broken ones left out.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &T)> {
        self.0.iter().filter_map(|(name, it)| Some((name, it.value()?)))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
    type Value = Vec<(Name, Field<T>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut out = Vec::with_capacity(map.size_hint().unwrap_or_default());
        while let Some(At(name)) = map.next_key()? {
            out.push((name, map.next_value()?));
        }
        Ok(out)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData)).map(Self)
    }
}

/// Like [`Entries`], but a key may come twice: who reads it decides what that means.
#[derive(Clone, Debug, PartialEq)]
pub struct MultiEntries<T>(pub Vec<(Name, Field<T>)>);

impl<T> Default for MultiEntries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for MultiEntries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(ask::MULTI, EntriesVisitor(PhantomData)).map(Self)
    }
}

/// A list; broken items are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T>(pub Vec<Spanned<T>>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// The items of a list, and whether one of them was broken.
struct Items<T>(Vec<Spanned<T>>, bool);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Parts<T> {
            type Value = Items<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Items<T>, A::Error> {
                let mut out = Vec::with_capacity(items.size_hint().unwrap_or_default().min(1 << 16));
                let mut is_broken = false;
                while let Some(item) = items.next_element::<Field<T>>()? {
                    match item {
                        Field::Given(it) => out.push(*it),
                        Field::Broken(_) => is_broken = true,
                        Field::Absent => {}
                    }
                }
                Ok(Items(out, is_broken))
            }
        }
        deserializer.deserialize_seq(Parts(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Items::deserialize(deserializer).map(|it| Self(it.0))
    }
}

/// Two ways on from a node, chosen by a word that the deserializer puts first.
struct Choice<A, B, R> {
    first: fn(A) -> R,
    second: fn(B) -> R,
}

impl<'de, A: Deserialize<'de>, B: Deserialize<'de>, R> Visitor<'de> for Choice<A, B, R> {
    type Value = R;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut parts: S) -> Result<R, S::Error> {
        let nothing = || de::Error::custom("nothing stands here");
        match parts.next_element::<u32>()? {
            Some(0) => Ok((self.first)(parts.next_element()?.ok_or_else(nothing)?)),
            _ => Ok((self.second)(parts.next_element()?.ok_or_else(nothing)?)),
        }
    }
}

/// A list, or one item without its brackets; broken items are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrMany<T>(pub Vec<Spanned<T>>, bool);

impl<T> OneOrMany<T> {
    /// Whether an item could not be read, which was reported.
    pub fn is_broken(&self) -> bool {
        self.1
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let one: fn(Field<T>) -> Self = |it| match it {
            Field::Given(it) => Self(vec![*it], false),
            it => Self(Vec::new(), it.is_broken()),
        };
        let many: fn(Items<T>) -> Self = |it| Self(it.0, it.1);
        deserializer.deserialize_newtype_struct(ask::ONE_OR_MANY, Choice { first: one, second: many })
    }
}

/// A short form (text or a list) or a long form (a mapping).
#[derive(Clone, Debug, PartialEq)]
pub enum Either<S, L> {
    /// Text or a list.
    Short(S),
    /// A mapping.
    Long(L),
}

impl<'de, S: Deserialize<'de>, L: Deserialize<'de>> Deserialize<'de> for Either<S, L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let choice = Choice { first: Self::Short as fn(S) -> Self, second: Self::Long as fn(L) -> Self };
        deserializer.deserialize_newtype_struct(ask::EITHER, choice)
    }
}

/// A value that is known, or one that CloudFormation knows when it deploys.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<T> {
    /// The value itself.
    Known(T),
    /// A function such as `!Ref`, as it was written.
    Deferred(Box<Raw>),
}

impl<T> Value<T> {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(it) => Some(it),
            Self::Deferred(_) => None,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Value<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let choice =
            Choice { first: Self::Known as fn(T) -> Self, second: Self::Deferred as fn(Box<Raw>) -> Self };
        deserializer.deserialize_newtype_struct(ask::VALUE, choice)
    }
}

/// Anything, kept as it was written: CloudFormation that travels along. Short tags are written out
/// (`!Ref X` is `{Ref: X}`, `!GetAtt A.B` is `{Fn::GetAtt: [A, B]}`).
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a [`Raw`] is.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Float(f64),
    /// Text.
    String(Text),
    /// A list.
    List(Vec<Raw>),
    /// Keys and values in the order in which they were written.
    Map(Vec<(Name, Raw)>),
}

impl Raw {
    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Raw> {
        match &self.data {
            Data::Map(entries) => entries.iter().find(|it| &*it.0.value == key).map(|it| &it.1),
            _ => None,
        }
    }

    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(it) => Some(it),
            _ => None,
        }
    }

    /// The same as JSON, without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.data {
            Data::Null => serde_json::Value::Null,
            Data::Bool(it) => (*it).into(),
            Data::Integer(it) => (*it).into(),
            Data::Float(it) => (*it).into(),
            Data::String(it) => it.as_ref().into(),
            Data::List(it) => it.iter().map(Raw::to_json).collect(),
            Data::Map(it) => it.iter().map(|(key, it)| (key.value.to_string(), it.to_json())).collect(),
        }
    }

    /// The CloudFormation function that this is, and its argument: a mapping with the one key `Ref` or `Fn::…`.
    pub fn function(&self) -> Option<(&str, &Raw)> {
        match &self.data {
            Data::Map(entries) => match &entries[..] {
                [(name, argument)] if &*name.value == "Ref" || name.value.starts_with("Fn::") => {
                    Some((&name.value, argument))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Field::<Data>::deserialize(deserializer)? {
            Field::Given(it) => Ok(Raw { span: it.span, data: it.value }),
            Field::Broken(span) => Ok(Raw { span, data: Data::Null }),
            Field::Absent => Ok(Raw { span: Span::default(), data: Data::Null }),
        }
    }
}

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Data;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Data, E> {
                Ok(Data::Null)
            }

            fn visit_bool<E>(self, it: bool) -> Result<Data, E> {
                Ok(Data::Bool(it))
            }

            fn visit_i64<E>(self, it: i64) -> Result<Data, E> {
                Ok(Data::Integer(it))
            }

            fn visit_f64<E>(self, it: f64) -> Result<Data, E> {
                Ok(Data::Float(it))
            }

            fn visit_str<E>(self, it: &str) -> Result<Data, E> {
                Ok(Data::String(it.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Data, A::Error> {
                let mut out = Vec::new();
                while let Some(item) = items.next_element()? {
                    out.push(item);
                }
                Ok(Data::List(out))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
                let mut out: Vec<(Name, Raw)> = Vec::new();
                while let Some(At(name)) = map.next_key()? {
                    out.push((name, map.next_value()?));
                }
                if let [(name, argument)] = &mut out[..]
                    && &*name.value == "Fn::GetAtt"
                    && let Data::String(text) = &argument.data
                    && let Some((resource, attribute)) = text.split_once('.')
                {
                    let part = |it: &str| Raw { span: argument.span, data: Data::String(it.into()) };
                    argument.data = Data::List(vec![part(resource), part(attribute)]);
                }
                Ok(Data::Map(out))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

macro_rules! transparent_schema {
    ($($type:ident),*) => {$(
        impl<T: JsonSchema> JsonSchema for $type<T> {
            fn inline_schema() -> bool {
                T::inline_schema()
            }

            fn schema_name() -> Cow<'static, str> {
                T::schema_name()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                T::json_schema(generator)
            }
        }
    )*};
}

transparent_schema!(Field);

macro_rules! inline_schema {
    ($type:ident<$($parameter:ident),*>, $generator:ident => $schema:expr) => {
        impl<$($parameter: JsonSchema),*> JsonSchema for $type<$($parameter),*> {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

inline_schema!(Entries<T>, generator => {
    let item = generator.subschema_for::<T>();
    json_schema!({ "type": "object", "additionalProperties": item })
});
inline_schema!(MultiEntries<T>, generator => Entries::<T>::json_schema(generator));
inline_schema!(List<T>, generator => {
    let item = generator.subschema_for::<T>();
    json_schema!({ "type": "array", "items": item })
});
inline_schema!(OneOrMany<T>, generator => {
    let item = generator.subschema_for::<T>();
    json_schema!({ "anyOf": [item, { "type": "array", "items": item }] })
});
inline_schema!(Either<S, L>, generator => {
    let (short, long) = (generator.subschema_for::<S>(), generator.subschema_for::<L>());
    json_schema!({ "anyOf": [short, long] })
});
inline_schema!(Value<T>, generator => {
    let known = generator.subschema_for::<T>();
    let deferred = generator.subschema_for::<Intrinsic>();
    json_schema!({ "anyOf": [known, deferred] })
});

/// In the schema only: a CloudFormation function in its long form, or what an editor makes of a short tag.
struct Intrinsic;

impl JsonSchema for Intrinsic {
    fn schema_name() -> Cow<'static, str> {
        "Intrinsic".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A value that CloudFormation knows when it deploys: `!Ref`, `!Sub`, `!GetAtt` and so on.",
            "anyOf": [
                {
                    "type": "object",
                    "patternProperties": { "^(Ref|Fn::[A-Za-z0-9:]+)$": true },
                    "additionalProperties": false,
                    "minProperties": 1,
                    "maxProperties": 1
                },
                { "type": ["string", "array"], "description": "The argument of a short tag such as `!Ref`." }
            ]
        })
    }
}

impl JsonSchema for Raw {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Raw".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!(true)
    }
}
