//! The name that a school uses instead of the real one of a child whose identity is protected.
//!
//! Owns what an alias may be. Called by the page that asks for one and by the server, which knows the real name too. Must not
//! be taken for a name: wherever it is shown to staff, [`ALIAS_MARK`] stands after it.

use serde::{Deserialize, Serialize};

/// What stands after an alias, so that nobody takes it for a real name. The same word in Swedish and in English.
pub const ALIAS_MARK: &str = "(alias)";

/// The most characters in either part.
pub const MOST_ALIAS: usize = 40;

/// A given name and a family name that are not the child's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Alias {
    /// Instead of the given name.
    pub given: String,
    /// Instead of the family name.
    pub family: String,
}

impl std::fmt::Debug for Alias {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Alias(…)")
    }
}

/// Why something can be no alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AliasFault {
    /// A part is missing.
    Missing,
    /// A part has more than [`MOST_ALIAS`] characters.
    Long,
    /// There is something in it that stands in no name.
    Letters,
    /// It has a word of the real name, or is one.
    Real,
}

impl Alias {
    /// The same without spaces around it, and with one between words.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { given: tidy(&self.given), family: tidy(&self.family) }
    }

    /// True when nothing is written in either part.
    pub fn is_empty(&self) -> bool {
        self.given.trim().is_empty() && self.family.trim().is_empty()
    }

    /// What is wrong with it, for whoever does not know the real name.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), AliasFault> {
        let parts = [&self.given, &self.family];
        if parts.iter().any(|part| part.trim().is_empty()) {
            return Err(AliasFault::Missing);
        }
        if parts.iter().any(|part| part.chars().count() > MOST_ALIAS) {
            return Err(AliasFault::Long);
        }
        let is_of_a_name = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
        let begins = |part: &&String| part.chars().next().is_some_and(char::is_alphabetic);
        let fits = parts.iter().all(|part| begins(part) && part.chars().all(is_of_a_name));
        // Else the mark would say the same of a name that is none: "Kim (alias)" has brackets, "Kim Alias" has not.
        let is_mark = |part: &&String| words(part).any(|word| word == "alias");
        if fits && !parts.iter().any(is_mark) { Ok(()) } else { Err(AliasFault::Letters) }
    }

    /// True when a word of it is a word of the real name: it would lead to the child.
    pub fn leads_to(&self, given: &str, family: &str) -> bool {
        let real: Vec<String> = words(given).chain(words(family)).collect();
        words(&self.given).chain(words(&self.family)).any(|word| real.contains(&word))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alias(given: &str, family: &str) -> Alias {
        Alias { given: given.to_owned(), family: family.to_owned() }
    }

    #[test]
    fn what_is_a_name_is_an_alias() {
        for (given, family) in [("Kim", "Ek"), ("Åsa-Lo", "von Ö"), ("Zoë", "O'Brien"), ("نور", "علي")]
        {
            assert_eq!(alias(given, family).check(), Ok(()), "{given} {family}");
        }
        assert_eq!(alias("  Kim  Lo ", " Ek ").tidy(), alias("Kim Lo", "Ek"));
    }

    #[test]
    fn what_is_none_is_refused_and_it_is_said_why() {
        let long = "a".repeat(MOST_ALIAS + 1);
        for (given, family, fault) in [
            ("", "Ek", AliasFault::Missing),
            ("Kim", "  ", AliasFault::Missing),
            (long.as_str(), "Ek", AliasFault::Long),
            ("Kim3", "Ek", AliasFault::Letters),
            ("Kim", "(alias)", AliasFault::Letters),
            ("Kim", "Alias", AliasFault::Letters),
            ("-Kim", "Ek", AliasFault::Letters),
            ("Kim\u{202e}", "Ek", AliasFault::Letters),
            ("Kim\u{200b}", "Ek", AliasFault::Letters),
            ("=Kim", "Ek", AliasFault::Letters),
        ] {
            assert_eq!(alias(given, family).check(), Err(fault), "{given} {family}");
        }
    }

    #[test]
    fn a_word_of_the_real_name_leads_to_it() {
        for (given, family) in [("Love", "Ek"), ("Kim", "SANDBERG"), ("Kim-Love", "Ek"), ("Sandberg", "Ek")] {
            assert!(alias(given, family).leads_to("Love Maria", "Sandberg"), "{given} {family}");
        }
        assert!(!alias("Lov", "Sand").leads_to("Love Maria", "Sandberg"));
    }
}
