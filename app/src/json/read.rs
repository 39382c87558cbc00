//! Reads JSON into wire types. What is generic here is copied for each type, so it only calls what is not.
//!
//! A struct is read as a list of its fields in the order the type names them: each is looked up by its name. So no type
//! brings code that compares names or keeps what it has found so far, which was a quarter of all reading.

use super::fault::Fault;
use super::outline::Outline;
use super::text::{integer, text};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;

/// No place: a field that the text does not have.
const ABSENT: usize = usize::MAX;

/// A text and the place that is read next.
pub(super) struct Reader<'a> {
    outline: Outline<'a>,
    at: usize,
    /// What the variant of the enum may be.
    variants: &'static [&'static str],
}

impl<'a> Reader<'a> {
    /// # Errors
    /// The text is no JSON.
    pub(super) fn new(text: &'a str) -> Result<Self, Fault> {
        Ok(Self { outline: Outline::of(text)?, at: 0, variants: &[] })
    }

    fn first(&self) -> u8 {
        self.outline.rest(self.at).as_bytes().first().copied().unwrap_or(0)
    }

    #[inline(never)]
    fn flag(&self) -> Result<bool, Fault> {
        match self.first() {
            b't' => Ok(true),
            b'f' => Ok(false),
            _ => Err(Fault),
        }
    }

    #[inline(never)]
    fn integer(&self) -> Result<i64, Fault> {
        integer(self.outline.rest(self.at))
    }

    #[inline(never)]
    fn text(&self) -> Result<Cow<'a, str>, Fault> {
        text(self.outline.rest(self.at))
    }

    #[inline(never)]
    fn null(&self) -> Result<(), Fault> {
        if self.first() == b'n' { Ok(()) } else { Err(Fault) }
    }

    /// True when there is something; a field that is not there is nothing.
    #[inline(never)]
    fn is_some(&self) -> bool {
        !matches!(self.first(), 0 | b'n')
    }

    /// The variant of an enum by its number, so that no type brings code that compares names.
    #[inline(never)]
    fn variant(&self) -> Result<u64, Fault> {
        let name = self.text()?;
        let number = self.variants.iter().position(|variant| *variant == name).ok_or(Fault)?;
        Ok(number as u64)
    }

    /// What stands inside the brackets at this place.
    #[inline(never)]
    fn inside(&mut self, opening: u8) -> Result<Items<'_, 'a>, Fault> {
        if self.first() != opening {
            return Err(Fault);
        }
        let (at, end) = (self.at + 1, self.outline.after(self.at));
        Ok(Items { reader: self, start: at, at, end, names: &[] })
    }
}

macro_rules! whole_numbers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.visit_i64(self.integer()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Fault;

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    forward_to_deserialize_any! { f32 f64 char bytes byte_buf unit_struct }

    /// A type that does not say what it is has no place on this wire.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Fault> {
        Err(Fault)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(self.flag()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_u64(self.variant()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_some() { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.null()?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.inside(b'[')?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.inside(b'[')?)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.inside(b'[')?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.inside(b'{')?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let mut fields = self.inside(b'{')?;
        fields.names = names;
        visitor.visit_seq(fields)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.variants = names;
        visitor.visit_enum(Variant::of(self)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }
}

/// What stands between brackets: a list, a map, or the fields of a struct by their names.
struct Items<'r, 'a> {
    reader: &'r mut Reader<'a>,
    start: usize,
    at: usize,
    end: usize,
    /// The fields still to be read.
    names: &'static [&'static str],
}

impl Items<'_, '_> {
    /// Goes to the next item, if there is one.
    #[inline(never)]
    fn next(&mut self) -> bool {
        if let [name, later @ ..] = self.names {
            self.names = later;
            self.reader.at = self.find(name);
            return true;
        }
        self.reader.at = self.at;
        let is_there = self.at < self.end;
        self.at = self.reader.outline.after(self.at);
        is_there
    }

    /// The place of a field. Looks on from the last one found: the server writes them in order.
    fn find(&mut self, name: &str) -> usize {
        let outline = &self.reader.outline;
        let (from, mut at) = (self.at, self.at);
        loop {
            if at >= self.end {
                at = self.start;
            }
            let value = outline.after(at);
            let next = outline.after(value);
            if text(outline.rest(at)).is_ok_and(|found| found == name) {
                self.at = next;
                return value;
            }
            at = next;
            if at == from || (at >= self.end && from == self.start) || self.start >= self.end {
                return ABSENT;
            }
        }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    /// A field that is not there is `None`, if it may be; else the type's own default, or it is refused.
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        if !self.next() {
            return Ok(None);
        }
        let is_absent = self.reader.at == ABSENT;
        match seed.deserialize(&mut *self.reader) {
            Err(Fault) if is_absent => Ok(None),
            read => read.map(Some),
        }
    }
}

impl<'de> MapAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        if self.next() { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        self.next();
        seed.deserialize(&mut *self.reader)
    }
}

/// `"name"`, or the inside of `{"name":content}`.
struct Variant<'r, 'a> {
    reader: &'r mut Reader<'a>,
    has_content: bool,
}

impl<'r, 'a> Variant<'r, 'a> {
    /// At the name.
    #[inline(never)]
    fn of(reader: &'r mut Reader<'a>) -> Result<Self, Fault> {
        let has_content = reader.first() != b'"';
        if has_content {
            let entry = reader.inside(b'{')?;
            let (name, end) = (entry.at, entry.end);
            if name == end || reader.outline.after(reader.outline.after(name)) != end {
                return Err(Fault);
            }
            reader.at = name;
        }
        Ok(Self { reader, has_content })
    }

    /// Goes on to the content.
    #[inline(never)]
    fn content(self) -> Result<&'r mut Reader<'a>, Fault> {
        if !self.has_content {
            return Err(Fault);
        }
        self.reader.at = self.reader.outline.after(self.reader.at);
        Ok(self.reader)
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Fault> {
        let number = seed.deserialize(&mut *self.reader)?;
        Ok((number, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        if self.has_content { self.content()?.null() } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self.content()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.content()?.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.content()?.deserialize_struct("", names, visitor)
    }
}
