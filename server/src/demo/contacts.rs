//! Telephone numbers, e-mail addresses and homes that cannot reach anybody. Called by `people`.

use super::random::Random;
use super::record::Address;
use super::words::{pick, places};
use std::collections::BTreeMap;

/// A code that no municipality has: the first two digits name a county and the counties end at 25.
pub(super) const MUNICIPALITY_CODE: &str = "9901";

/// The ranges that the Swedish Post and Telecom Authority (PTS) keeps for films and books: prefix, first and last.
const MOBILE: (&str, u32, u32) = ("070-", 1_740_605, 1_740_699);
const LAND_LINES: [(&str, u32, u32); 3] =
    [("08-", 46_500_400, 46_500_499), ("031-", 3_900_600, 3_900_699), ("040-", 6_280_400, 6_280_499)];

pub(super) struct Contacts {
    next_mobile: u32,
    next_land_line: u32,
    streets: Vec<String>,
    used: BTreeMap<String, u32>,
}

impl Contacts {
    pub(super) fn new() -> Self {
        Self { next_mobile: 0, next_land_line: 0, streets: places("streets"), used: BTreeMap::new() }
    }

    /// The next mobile number; there are 95, so many people share one.
    pub(super) fn mobile(&mut self) -> String {
        let (prefix, first, last) = MOBILE;
        let number = first + self.next_mobile % (last - first + 1);
        self.next_mobile += 1;
        format!("{prefix}{number}")
    }

    /// The next number of an office.
    pub(super) fn land_line(&mut self) -> String {
        let (prefix, first, last) = LAND_LINES[self.next_land_line as usize % LAND_LINES.len()];
        let number = first + self.next_land_line % (last - first + 1);
        self.next_land_line += 1;
        format!("{prefix}{number}")
    }

    /// An address under a domain that RFC 2606 keeps for examples.
    pub(super) fn email(&mut self, given: &str, family: &str, domain: &str) -> String {
        let local = format!("{}.{}", plain(given), plain(family));
        let count = self.used.entry(format!("{local}@{domain}")).or_default();
        *count += 1;
        if *count == 1 { format!("{local}@{domain}") } else { format!("{local}{count}@{domain}") }
    }

    /// A home in the municipality. No postal code in use begins with 99.
    pub(super) fn home(&self, random: &mut Random) -> Address {
        let street = self.streets[random.below(self.streets.len())].clone();
        let suffix = pick(&["", "", "", "A", "B"], random);
        Address {
            kind: "Folkbokföring",
            street_address: format!("{street} {}{suffix}", 1 + random.below(89)),
            postal_code: format!("99{} {}0", 1 + random.below(4), 1 + random.below(9)),
            locality: "Björkviken",
            municipality_code: MUNICIPALITY_CODE,
            country: "Sverige",
        }
    }
}

/// Any of the mobile numbers that reach nobody.
pub(super) fn any_mobile(random: &mut Random) -> String {
    let (prefix, first, last) = MOBILE;
    format!("{prefix}{}", first as usize + random.below((last - first + 1) as usize))
}

/// A name in the letters that an e-mail address takes.
pub(super) fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        'å' | 'ä' | 'ą' => 'a',
        'ö' | 'ó' => 'o',
        'é' | 'ę' => 'e',
        'ü' => 'u',
        'ć' | 'č' | 'ç' => 'c',
        'ł' => 'l',
        'ń' => 'n',
        'ş' | 'š' | 'ś' => 's',
        'ž' | 'ż' | 'ź' => 'z',
        'ı' => 'i',
        other => other,
    };
    name.to_lowercase().chars().map(letter).filter(char::is_ascii_alphanumeric).collect()
}
