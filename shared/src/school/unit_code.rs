//! The code of a school unit. Owns its form; must not serve as a key, as codes change at reorganisation.

use std::fmt;

use crate::text_value::{ascii, is_gap, travels_as_text};
use crate::violation::Code;

/// Skolenhetskod: eight digits given by Skolverket. A preschool unit has none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolUnitCode([u8; 8]);

travels_as_text!(SchoolUnitCode, parse, as_str, "^[0-9]{8}$");

impl SchoolUnitCode {
    /// Reads eight digits; spaces around them are cut away. No check digit is known.
    ///
    /// # Errors
    /// [`Code::NotASchoolUnitCode`] for anything else.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let digits: Option<[u8; 8]> = input.trim_matches(is_gap).as_bytes().try_into().ok();
        let code = digits.filter(|digits| digits.iter().all(u8::is_ascii_digit));
        code.map(Self).ok_or(Code::NotASchoolUnitCode)
    }

    /// The eight digits, leading zeros kept.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }
}

impl fmt::Display for SchoolUnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for SchoolUnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_eight_digits() {
        assert_eq!(SchoolUnitCode::parse(" 31279295 ").unwrap().as_str(), "31279295");
        assert_eq!(SchoolUnitCode::parse("01279295").unwrap().to_string(), "01279295");
        for wrong in ["", "3127929", "312792951", "3127929a", "3127 9295", "-3127929"] {
            assert_eq!(SchoolUnitCode::parse(wrong), Err(Code::NotASchoolUnitCode), "{wrong}");
        }
    }
}
