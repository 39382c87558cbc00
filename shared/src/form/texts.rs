use crate::Map;
use crate::locale::Locale;
use serde::{Deserialize, Serialize};

/// One text in several languages. Swedish is the source and always there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Texts(pub Map<Locale, String>);

impl Texts {
    /// The text in this language, or in Swedish where it is not translated.
    pub fn get(&self, locale: Locale) -> &str {
        self.0
            .get(&locale)
            .or_else(|| self.0.get(&Locale::Sv))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// True when there is no text in any language.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }

    /// Keeps one language: a phone does not pay for the others.
    pub fn keep(&mut self, locale: Locale) {
        let text = self.get(locale).to_owned();
        self.0 = Map::from([(locale, text)]);
    }
}
