//! What both sides say about a passkey: how many, and how one is named.

use crate::form::check_line;
use crate::violation::{Code, Violation};

/// The most passkeys that one person has.
pub const MOST_PASSKEYS: usize = 10;

/// The most characters of a name.
pub const MOST_NAME: u16 = 60;

/// What is wrong with the name of a passkey.
pub fn check_name(name: &str) -> Vec<Violation> {
    if name.trim().is_empty() {
        return vec![Violation::new("name", Code::Required)];
    }
    let found = check_line(name.trim(), MOST_NAME);
    found.into_iter().map(|violation| violation.under("name")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_can_be_shown() {
        let codes = |name: &str| check_name(name).into_iter().map(|found| found.code).collect::<Vec<_>>();
        assert_eq!(codes("Arbetsdatorn"), []);
        assert_eq!(codes("  "), [Code::Required]);
        assert_eq!(codes(&"a".repeat(61)), [Code::TooLong]);
        assert_eq!(codes("två\nrader"), [Code::UnprintableText]);
    }
}
