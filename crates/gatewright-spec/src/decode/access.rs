//! What serde is given beside scalars and mappings: lists, tagged nodes, and the answers to what the types of
//! [`crate::value`] ask for.

use gatewright_source::{Children, Span};
use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use super::error::Error;
use super::{De, ask};

/// What the types of [`crate::value`] asked for: some words, then the value.
pub(super) struct Asked<'c, 't> {
    pub(super) de: De<'c, 't>,
    pub(super) words: [Option<u32>; 3],
    /// Whether an error in the value is reported here, since the type goes on without it.
    pub(super) report: bool,
}

impl<'t> de::SeqAccess<'t> for Asked<'_, 't> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        for word in &mut self.words {
            if let Some(word) = word.take() {
                return seed.deserialize(word.into_deserializer()).map(Some);
            }
        }
        let de = self.de;
        match seed.deserialize(de) {
            Ok(it) => Ok(Some(it)),
            Err(error) if self.report => Err(error.report(de)),
            Err(error) => Err(error),
        }
    }
}

/// The items of a list.
pub(super) struct Items<'c, 't> {
    pub(super) de: De<'c, 't>,
    pub(super) children: Children<'t>,
}

impl<'t> de::SeqAccess<'t> for Items<'_, 't> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(node) = self.children.next() else { return Ok(None) };
        let de = self.de.child(node, self.de.cx.tree.span_of(node));
        seed.deserialize(de).map(Some).map_err(|it| it.report(de))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.children.len())
    }
}

/// A tagged node as the mapping that its tag stands for.
pub(super) struct Function<'c, 't> {
    pub(super) de: De<'c, 't>,
    pub(super) name: Option<&'static str>,
}

impl<'t> de::MapAccess<'t> for Function<'_, 't> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(name) = self.name.take() else { return Ok(None) };
        let span = self.de.cx.tree.span_of(self.de.node);
        seed.deserialize(Named { text: name, span }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let de = De { bare: true, ..self.de };
        seed.deserialize(de).map_err(|it| it.report(de))
    }
}

/// Text and where it stands: a key, or the name of a function, which stands where its value does.
pub(super) struct Named<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
}

impl<'t> Deserializer<'t> for Named<'t> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let words = [self.span.start, self.span.end, 0].map(Some);
        visitor.visit_seq(Parts { words, value: Some(self) })
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The value of a key that cannot be had: whatever wants it gets nothing, and says nothing more.
pub(super) struct Unreadable(pub(super) Span);

impl<'t> Deserializer<'t> for Unreadable {
    type Error = Error;

    fn deserialize_any<V: Visitor<'t>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::Reported)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name != ask::FIELD {
            return Err(Error::Reported);
        }
        let words = [self.0.start, self.0.end, 0].map(Some);
        visitor.visit_seq(Parts { words, value: None })
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A place, then text; or nothing, where there is none to be had.
pub(super) struct Parts<'t> {
    words: [Option<u32>; 3],
    value: Option<Named<'t>>,
}

impl<'t> de::SeqAccess<'t> for Parts<'t> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        match self.words.iter_mut().find_map(Option::take) {
            Some(word) => seed.deserialize(word.into_deserializer()).map(Some),
            None => self.value.take().map_or(Err(Error::Reported), |it| seed.deserialize(it).map(Some)),
        }
    }
}
