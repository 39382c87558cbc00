//! Reads JSON into wire types. What is generic here is copied for each type, so it only calls what is not.

use super::fault::Fault;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Deeper than any form; an endless one must not fill the stack.
const DEEPEST: u8 = 100;

/// A text and how far it has been read.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
    /// The text read last, when it stood with escapes.
    unescaped: String,
    /// What the next name may be: the fields of a struct, the variants of an enum.
    names: &'static [&'static str],
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, unescaped: String::new(), names: &[] }
    }

    /// Nothing but space may follow.
    #[inline(never)]
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        if self.peek() == 0 && self.at >= self.text.len() { Ok(()) } else { Err(Fault) }
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is no space; 0 at the end.
    #[inline(never)]
    fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    #[inline(never)]
    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() != byte {
            return Err(Fault);
        }
        self.at += 1;
        Ok(())
    }

    #[inline(never)]
    fn open(&mut self, byte: u8) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > DEEPEST { Err(Fault) } else { self.expect(byte) }
    }

    #[inline(never)]
    fn close(&mut self, byte: u8) -> Result<(), Fault> {
        self.depth -= 1;
        self.expect(byte)
    }

    /// True when another item follows; takes the comma before it.
    #[inline(never)]
    fn another(&mut self, first: &mut bool, closing: u8) -> Result<bool, Fault> {
        if self.peek() == closing {
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.expect(b',')?;
        }
        Ok(true)
    }

    #[inline(never)]
    fn word(&mut self, word: &str) -> Result<(), Fault> {
        self.peek();
        let found = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += word.len();
        if found { Ok(()) } else { Err(Fault) }
    }

    #[inline(never)]
    fn flag(&mut self) -> Result<bool, Fault> {
        let is_true = self.peek() == b't';
        self.word(if is_true { "true" } else { "false" }).map(|()| is_true)
    }

    #[inline(never)]
    fn integer(&mut self) -> Result<i64, Fault> {
        let is_negative = self.peek() == b'-';
        self.at += usize::from(is_negative);
        let (start, mut value) = (self.at, 0_i64);
        while self.byte().is_ascii_digit() {
            let digit = i64::from(self.byte() - b'0');
            value = value.checked_mul(10).and_then(|tens| tens.checked_sub(digit)).ok_or(Fault)?;
            self.at += 1;
        }
        if self.at == start || matches!(self.byte(), b'.' | b'e' | b'E') {
            return Err(Fault);
        }
        if is_negative { Ok(value) } else { value.checked_neg().ok_or(Fault) }
    }

    #[inline(never)]
    fn text(&mut self) -> Result<&str, Fault> {
        self.expect(b'"')?;
        let mut start = self.at;
        let mut has_escapes = false;
        loop {
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    if !has_escapes {
                        self.unescaped.clear();
                        has_escapes = true;
                    }
                    self.unescaped.push_str(self.text.get(start..self.at).ok_or(Fault)?);
                    let letter = self.escape()?;
                    self.unescaped.push(letter);
                    start = self.at;
                }
                // Control characters never stand bare in a text; 0 is also the end.
                0..0x20 => return Err(Fault),
                _ => self.at += 1,
            }
        }
        let last = self.text.get(start..self.at).ok_or(Fault)?;
        self.at += 1;
        if !has_escapes {
            return Ok(last);
        }
        self.unescaped.push_str(last);
        Ok(&self.unescaped)
    }

    /// Which of the names comes next. A name that is not among them is none of a field's, and no variant's.
    #[inline(never)]
    fn name(&mut self) -> Result<u64, Fault> {
        let names = self.names;
        let name = self.text()?;
        let place = names.iter().position(|other| *other == name);
        Ok(place.map_or(u64::MAX, |place| place as u64))
    }

    fn escape(&mut self) -> Result<char, Fault> {
        self.at += 1;
        let letter = self.byte();
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => letter as char,
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => return self.code_point(),
            _ => return Err(Fault),
        })
    }

    fn code_point(&mut self) -> Result<char, Fault> {
        let mut code = self.unit()?;
        if matches!(code, 0xd800..0xdc00) {
            self.word("\\u")?;
            let low = self.unit()?;
            if !matches!(low, 0xdc00..0xe000) {
                return Err(Fault);
            }
            code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
        char::from_u32(code).ok_or(Fault)
    }

    fn unit(&mut self) -> Result<u32, Fault> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + (self.byte() as char).to_digit(16).ok_or(Fault)?;
            self.at += 1;
        }
        Ok(unit)
    }

    /// Passes over a value of any kind.
    #[inline(never)]
    fn skip(&mut self) -> Result<(), Fault> {
        match self.peek() {
            b'"' => self.text().map(drop),
            b'n' => self.word("null"),
            b't' | b'f' => self.flag().map(drop),
            b'[' => self.skip_inside(b'[', b']'),
            b'{' => self.skip_inside(b'{', b'}'),
            _ => {
                let start = self.at;
                while matches!(self.byte(), b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') {
                    self.at += 1;
                }
                if self.at == start { Err(Fault) } else { Ok(()) }
            }
        }
    }

    fn skip_inside(&mut self, opening: u8, closing: u8) -> Result<(), Fault> {
        self.open(opening)?;
        let mut first = true;
        while self.another(&mut first, closing)? {
            if closing == b'}' {
                self.text()?;
                self.expect(b':')?;
            }
            self.skip()?;
        }
        self.close(closing)
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
        visitor.visit_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.text()?)
    }

    /// By its place, so that no type brings code that compares names.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_u64(self.name()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.peek() == b'n' {
            self.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.word("null")?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.open(b'[')?;
        let value = visitor.visit_seq(Items { reader: &mut *self, first: true, names: &[] })?;
        self.close(b']')?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.open(b'{')?;
        let value = visitor.visit_map(Items { reader: &mut *self, first: true, names })?;
        self.close(b'}')?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let has_content = self.peek() != b'"';
        if has_content {
            self.open(b'{')?;
        }
        self.names = names;
        let value = visitor.visit_enum(Variant { reader: &mut *self, has_content })?;
        if has_content {
            self.close(b'}')?;
        }
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.skip()?;
        visitor.visit_unit()
    }
}

/// What stands between brackets.
struct Items<'r, 'a> {
    reader: &'r mut Reader<'a>,
    first: bool,
    names: &'static [&'static str],
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        if self.reader.another(&mut self.first, b']')? {
            return seed.deserialize(&mut *self.reader).map(Some);
        }
        Ok(None)
    }
}

impl<'de> MapAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        if self.reader.another(&mut self.first, b'}')? {
            self.reader.names = self.names;
            return seed.deserialize(&mut *self.reader).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// `"name"`, or the inside of `{"name":content}`.
struct Variant<'r, 'a> {
    reader: &'r mut Reader<'a>,
    has_content: bool,
}

impl Variant<'_, '_> {
    fn content(&self) -> Result<(), Fault> {
        if self.has_content { Ok(()) } else { Err(Fault) }
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Fault> {
        let name = seed.deserialize(&mut *self.reader)?;
        if self.has_content {
            self.reader.expect(b':')?;
        }
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        if self.has_content { self.reader.word("null") } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        self.content()?;
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.content()?;
        self.reader.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.content()?;
        self.reader.deserialize_struct("", names, visitor)
    }
}
