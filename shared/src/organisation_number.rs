//! The organisation number of a huvudman (lag 1974:174 om identitetsbeteckning för juridiska personer m.fl.).
//!
//! Owns: its check and its two texts. Called by import and by the school units. Must not accept a personal number:
//! sole traders use theirs, and that is a [`PersonalNumber`](crate::PersonalNumber).

use std::fmt;

use crate::personal_number::luhn_holds;
use crate::text_value::{ascii, is_dash, is_gap, travels_as_text};
use crate::violation::Code;

/// An organisation number; municipalities start with 212000. Public, so it may be shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationNumber([u8; 10]);

travels_as_text!(OrganisationNumber, parse, as_str, "^[1-9][0-9][2-9][0-9]{7}$");

impl OrganisationNumber {
    /// Reads `NNNNNN-NNNN`, with or without the hyphen, spaces, or the prefix `16` that registers put in front.
    ///
    /// # Errors
    /// [`Code::NotAnOrganisationNumber`] when the length, the check digit (Luhn) or the third digit is wrong: it is at
    /// least 2, so that no organisation number looks like a date of birth.
    pub fn parse(input: &str) -> Result<Self, Code> {
        Self::read(input).ok_or(Code::NotAnOrganisationNumber)
    }

    fn read(input: &str) -> Option<Self> {
        let (mut digits, mut length, mut hyphen_at) = ([0; 12], 0, None);
        for c in input.chars().filter(|c| !is_gap(*c)) {
            if is_dash(c) {
                if hyphen_at.replace(length).is_some() {
                    return None;
                }
            } else {
                *digits.get_mut(length).filter(|_| c.is_ascii_digit())? = c as u8;
                length += 1;
            }
        }
        let number = match length {
            10 => digits.first_chunk(),
            12 if digits.starts_with(b"16") => digits.last_chunk(),
            _ => None,
        }?;
        let well_formed =
            hyphen_at.is_none_or(|at| at + 4 == length) && number[0] != b'0' && number[2] >= b'2';
        (well_formed && luhn_holds(number)).then_some(Self(*number))
    }

    /// The ten digits, as stored and sent.
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }
}

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ascii(&self.0[..6]))?;
        f.write_str("-")?;
        f.write_str(ascii(&self.0[6..]))
    }
}

impl fmt::Debug for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_spelling() {
        for spelling in ["202100-4748", "2021004748", "162021004748", "16202100-4748", " 202100\u{2013}4748 "]
        {
            let number = OrganisationNumber::parse(spelling).unwrap();
            assert_eq!(
                (number.to_string().as_str(), number.as_str()),
                ("202100-4748", "2021004748"),
                "{spelling}"
            );
        }
        assert_eq!(OrganisationNumber::parse("2120000142").unwrap().to_string(), "212000-0142");
    }

    #[test]
    fn refuses_the_rest() {
        for wrong in [
            "",
            "202100-4749",
            "2021-004748",
            "20210047481",
            "19202100-4748",
            "170101-2393",
            "851228-2388",
            "202100--4748",
            "20210047GB",
        ] {
            assert_eq!(OrganisationNumber::parse(wrong), Err(Code::NotAnOrganisationNumber), "{wrong}");
        }
    }
}
