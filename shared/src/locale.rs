//! The languages that texts exist in. Owns their codes; called by both programs to choose a translation file.
//!
//! Must not hold a text. To add a language: add a line to the list below and a translation file.

use crate::text_value::travels_as_text;
use crate::violation::Code;

macro_rules! locales {
    ($($(#[$doc:meta])* $name:ident $code:literal $own_name:literal)*) => {
        /// A language that every text is written in.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Locale {
            $($(#[$doc])* $name,)*
        }

        impl Locale {
            /// All languages, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The language code in lower case (ISO 639), as on the wire and in file names.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// What the language calls itself: who looks for it may read no other.
            pub fn own_name(self) -> &'static str {
                match self {
                    $(Self::$name => $own_name,)*
                }
            }
        }
    };
}

locales! {
    /// Swedish, the source of every text.
    #[default]
    Sv "sv" "Svenska"
    /// English.
    En "en" "English"
}

travels_as_text!(Locale, parse, as_str, "^[a-z]{2,3}$");

impl Locale {
    /// Reads a language tag (BCP 47) such as `sv`, `sv-SE` or `en_GB`; only the language counts.
    ///
    /// # Errors
    /// [`Code::NotALocale`] when there are no texts in that language.
    pub fn parse(tag: &str) -> Result<Self, Code> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let known = Self::ALL.iter().find(|locale| locale.as_str().eq_ignore_ascii_case(language));
        known.copied().ok_or(Code::NotALocale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_language_tags() {
        for (tag, locale) in
            [("sv", Locale::Sv), ("sv-SE", Locale::Sv), ("EN_gb", Locale::En), (" en ", Locale::En)]
        {
            assert_eq!(Locale::parse(tag), Ok(locale), "{tag}");
        }
        for unknown in ["", "-", "svenska", "s", "fi", "sven-SE"] {
            assert_eq!(Locale::parse(unknown), Err(Code::NotALocale), "{unknown}");
        }
        assert_eq!(Locale::default(), Locale::Sv);
        assert_eq!(serde_json::to_string(&Locale::En).unwrap(), "\"en\"");
    }
}
