//! What a code from school looks like: twelve letters and digits, of which the first four say which code is meant, and the rest
//! prove that one holds it. Called by the store, by sign-in and by the sheet. Must not be shown by accident.

use std::fmt;

/// No vowels, so that no word comes of it, and nothing that is taken for something else (0 and O, 1 and I).
const LETTERS: &[u8; 28] = b"23456789BCDFGHJKLMNPQRSTVWXZ";
const NAMED: usize = 4;
const LENGTH: usize = 12;

/// A code.
#[derive(Clone, PartialEq, Eq)]
pub struct SchoolCode(String);

impl fmt::Debug for SchoolCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SchoolCode(…)")
    }
}

impl SchoolCode {
    /// The code that follows from secret bytes: two for each letter, so that each is as likely as the others, nearly.
    pub(crate) fn of(secret: &[u8]) -> Option<Self> {
        let pairs = secret.chunks_exact(2).take(LENGTH);
        let letter = |pair: &[u8]| {
            let number = usize::from(pair[0]) << 8 | usize::from(pair[1]);
            char::from(LETTERS[number % LETTERS.len()])
        };
        let code: String = pairs.map(letter).collect();
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// Reads what somebody types: small letters, spaces and hyphens do not matter. Anything else is no code.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > 4 * LENGTH {
            return None;
        }
        let kept = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let code: String = kept.map(|c| c.to_ascii_uppercase()).collect();
        let is_code = code.len() == LENGTH && code.bytes().all(|letter| LETTERS.contains(&letter));
        is_code.then_some(Self(code))
    }

    /// Which code is meant.
    pub(crate) fn name(&self) -> &str {
        self.0.get(..NAMED).unwrap_or_default()
    }

    /// What proves that one holds it.
    pub(crate) fn secret(&self) -> &str {
        self.0.get(NAMED..).unwrap_or_default()
    }

    /// The code in one piece, for the part of an address that is not sent.
    pub fn whole(&self) -> &str {
        &self.0
    }

    /// The code in groups, as it stands on paper.
    pub fn in_groups(&self) -> String {
        let groups = self.0.as_bytes().chunks(NAMED).map(String::from_utf8_lossy);
        groups.collect::<Vec<_>>().join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_as_people_type_it_and_never_shown() {
        let code = SchoolCode::of(&[7; 32]).unwrap();
        assert_eq!(code.in_groups().len(), 14);
        for typed in [code.in_groups(), code.in_groups().to_lowercase(), format!(" {} ", code.whole())] {
            assert_eq!(SchoolCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        assert_eq!([code.name(), code.secret()].concat(), code.whole());
        assert_eq!(format!("{code:?}"), "SchoolCode(…)");
        for wrong in ["", "BCDF", "BCDF-GHJK-LMN0", "BCDF-GHJK-LMNA", "BCDF-GHJK-LMNPQ", "ååååååååååÅÅ", "1"]
        {
            assert_eq!(SchoolCode::parse(wrong), None, "{wrong}");
        }
        assert_eq!(SchoolCode::of(&[7; 20]), None, "too few bytes");
    }

    #[test]
    fn every_letter_is_used_about_as_often() {
        let mut counts = [0_u32; 28];
        for seed in 0..=u16::MAX {
            let [high, low] = seed.to_be_bytes();
            let code = SchoolCode::of(&[high, low].repeat(12)).unwrap();
            counts[LETTERS.iter().position(|letter| *letter == code.whole().as_bytes()[0]).unwrap()] += 1;
        }
        assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1);
    }
}
