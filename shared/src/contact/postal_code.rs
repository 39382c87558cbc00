//! Swedish postal codes. Owns their form; must not know which place a code belongs to.

use std::fmt;

use crate::text_value::{ascii, is_gap, travels_as_text};
use crate::violation::Code;

/// A Swedish postal code, five digits of which the first is not zero.
///
/// With a name it tells where somebody lives, so `Debug` is redacted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostalCode([u8; 5]);

travels_as_text!(PostalCode, parse, as_str, "^[1-9][0-9]{4}$");

impl PostalCode {
    /// Reads `123 45`, `12345` or `SE-123 45`.
    ///
    /// # Errors
    /// [`Code::NotAPostalCode`] when there are not five digits, or the first is zero.
    pub fn parse(input: &str) -> Result<Self, Code> {
        Self::read(input).ok_or(Code::NotAPostalCode)
    }

    fn read(input: &str) -> Option<Self> {
        let text = input.trim_matches(is_gap);
        let text = ["SE-", "se-", "Se-", "S-", "s-"]
            .iter()
            .find_map(|prefix| text.strip_prefix(prefix))
            .unwrap_or(text);
        let (mut digits, mut length) = ([0; 5], 0);
        for c in text.chars().filter(|c| !is_gap(*c)) {
            *digits.get_mut(length).filter(|_| c.is_ascii_digit())? = c as u8;
            length += 1;
        }
        (length == 5 && digits[0] != b'0').then_some(Self(digits))
    }

    /// The five digits, as stored and sent.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }

    /// The code as it stands on an envelope: `123 45`.
    pub fn display(&self) -> String {
        [ascii(&self.0[..3]), " ", ascii(&self.0[3..])].concat()
    }
}

impl fmt::Debug for PostalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostalCode(****)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_shows() {
        for spelling in ["123 45", "12345", "SE-123 45", "se-12345", "S-123 45", " 123\u{a0}45 "] {
            let code = PostalCode::parse(spelling).unwrap();
            assert_eq!((code.as_str(), code.display().as_str()), ("12345", "123 45"), "{spelling}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for wrong in ["", "1234", "123456", "012 34", "FI-12345", "1234a", "SE-", "123-45", "１２３４５"]
        {
            assert_eq!(PostalCode::parse(wrong), Err(Code::NotAPostalCode), "{wrong}");
        }
    }
}
