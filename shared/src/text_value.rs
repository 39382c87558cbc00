//! Tools for the values that a person types and a wire carries as text.
//!
//! Owns: what may stand between the characters that count, digits to and from numbers, and the rule that reading from
//! the wire goes through the same parser as typing, so that an invalid value can never exist. Called by the value
//! modules of this crate only. Must not put the refused text into an error: it may be personal data.

/// True for what a keyboard, a word processor or a contact list puts between digits: spaces of every kind and
/// invisible marks (iOS wraps copied phone numbers in direction marks).
pub(crate) fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// True for characters that take no room on the screen and so could hide in a value.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}')
        || ('\u{2060}'..='\u{206f}').contains(&c)
}

/// True for the hyphen and for every dash that autocorrection makes of it.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The number that up to nine ASCII digits spell. `None` for anything else, and for no digits at all.
pub(crate) fn number(digits: &[u8]) -> Option<i32> {
    if digits.is_empty() || digits.len() > 9 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0')))
}

/// Fills `place` with the last digits of `value`, zeros in front. The formatting machinery of the standard library
/// would cost the browser more than these lines.
pub(crate) fn put_number(place: &mut [u8], mut value: u32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
    }
}

/// The text of bytes that are known to be ASCII.
pub(crate) fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// Serde and JSON Schema for a value that travels as text: written by `$write`, read by `$parse`.
macro_rules! travels_as_text {
    ($type:ident, $parse:ident, $write:ident, $pattern:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.$write())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::$parse(&text).map_err(|code| serde::de::Error::custom(code.as_str()))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}
pub(crate) use travels_as_text;
