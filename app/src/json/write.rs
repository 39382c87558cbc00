//! Writes wire types as JSON. What is generic here is copied for each type, so it only calls what is not.

use super::fault::Fault;
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// What has been written.
#[derive(Default)]
pub(super) struct Writer(String);

impl Writer {
    pub(super) fn done(self) -> String {
        self.0
    }

    #[inline(never)]
    fn put(&mut self, text: &str) {
        self.0.push_str(text);
    }

    #[inline(never)]
    fn text(&mut self, text: &str) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        self.0.push('"');
        for letter in text.chars() {
            match letter {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(letter);
                }
                '\n' => self.put("\\n"),
                '\t' => self.put("\\t"),
                '\r' => self.put("\\r"),
                '\u{8}' => self.put("\\b"),
                '\u{c}' => self.put("\\f"),
                '\0'..' ' => {
                    self.put("\\u00");
                    self.0.push(HEX[(letter as usize >> 4) & 15] as char);
                    self.0.push(HEX[letter as usize & 15] as char);
                }
                _ => self.0.push(letter),
            }
        }
        self.0.push('"');
    }

    #[inline(never)]
    fn number(&mut self, is_negative: bool, mut size: u64) {
        let mut digits = [0; 20];
        let mut start = digits.len();
        for place in digits.iter_mut().rev() {
            *place = b'0' + (size % 10) as u8;
            start -= 1;
            size /= 10;
            if size == 0 {
                break;
            }
        }
        if is_negative {
            self.0.push('-');
        }
        self.0.extend(digits.iter().skip(start).map(|digit| *digit as char));
    }

    /// `{"name":`
    #[inline(never)]
    fn variant(&mut self, name: &str) {
        self.put("{");
        self.text(name);
        self.put(":");
    }

    #[inline(never)]
    fn open(&mut self, opening: &str, closing: &'static str) -> Open<'_> {
        self.put(opening);
        Open { writer: self, first: true, closing }
    }
}

macro_rules! whole_numbers {
    ($($name:ident $type:ty)*) => {$(
        fn $name(self, number: $type) -> Result<(), Fault> {
            let number = i64::from(number);
            self.number(number < 0, number.unsigned_abs());
            Ok(())
        }
    )*};
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Open<'w>;
    type SerializeTuple = Open<'w>;
    type SerializeTupleStruct = Open<'w>;
    type SerializeTupleVariant = Open<'w>;
    type SerializeMap = Open<'w>;
    type SerializeStruct = Open<'w>;
    type SerializeStructVariant = Open<'w>;

    whole_numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32
    }

    fn serialize_u64(self, number: u64) -> Result<(), Fault> {
        self.number(false, number);
        Ok(())
    }

    fn serialize_bool(self, flag: bool) -> Result<(), Fault> {
        self.put(if flag { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Fault> {
        Err(Fault)
    }

    fn serialize_f64(self, _: f64) -> Result<(), Fault> {
        Err(Fault)
    }

    fn serialize_char(self, letter: char) -> Result<(), Fault> {
        self.text(letter.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Fault> {
        self.text(text);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Fault> {
        Err(Fault)
    }

    fn serialize_none(self) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        self.put("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), Fault> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        self.variant(name);
        value.serialize(&mut *self)?;
        self.put("}");
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'w>, Fault> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'w>, Fault> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'w>, Fault> {
        Ok(self.open("[", "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Open<'w>, Fault> {
        self.variant(name);
        Ok(self.open("[", "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'w>, Fault> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'w>, Fault> {
        Ok(self.open("{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Open<'w>, Fault> {
        self.variant(name);
        Ok(self.open("{", "}}"))
    }
}

/// Brackets that are still open.
pub(super) struct Open<'w> {
    writer: &'w mut Writer,
    first: bool,
    closing: &'static str,
}

impl Open<'_> {
    #[inline(never)]
    fn next(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.writer.put(",");
        }
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        self.next();
        self.writer.text(name);
        self.writer.put(":");
    }

    #[inline(never)]
    fn close(self) -> Result<(), Fault> {
        self.writer.put(self.closing);
        Ok(())
    }
}

macro_rules! items {
    ($($shape:ident $item:ident)*) => {$(
        impl $shape for Open<'_> {
            type Ok = ();
            type Error = Fault;

            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                self.next();
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Result<(), Fault> {
                self.close()
            }
        }
    )*};
}

macro_rules! fields {
    ($($shape:ident)*) => {$(
        impl $shape for Open<'_> {
            type Ok = ();
            type Error = Fault;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Fault> {
                self.name(name);
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Result<(), Fault> {
                self.close()
            }
        }
    )*};
}

items! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

fields! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Fault;

    /// Keys are texts, in every wire type.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        self.next();
        key.serialize(&mut *self.writer)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.writer.put(":");
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Fault> {
        self.close()
    }
}
