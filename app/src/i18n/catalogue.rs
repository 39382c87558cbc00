//! The texts of one language: a flat map from key to sentence. Pure; knows no signal and no browser.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use skolstart_shared::fill;
use std::fmt;

/// Before the key of a sentence that a pupil reads instead.
const OF_PUPIL: &str = "pupil.";

/// Key → sentence with `{name}` where a value stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    all: Vec<(String, String)>,
    /// Who reads is a pupil: a sentence of her own stands before the guardians'.
    pub(super) for_pupil: bool,
}

// A list and not a map: three hundred names are looked through in a microsecond, and a map is kilobytes in the download.
impl<'de> Deserialize<'de> for Catalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Catalogue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("sentences by key")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Catalogue, A::Error> {
                let mut all = Vec::new();
                while let Some(pair) = pairs.next_entry()? {
                    all.push(pair);
                }
                Ok(Catalogue { all, for_pupil: false })
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

impl Catalogue {
    /// Reads a text file. `None`: it is not a flat JSON object of sentences.
    pub fn parse(json: &str) -> Option<Self> {
        crate::json::read(json).ok()
    }

    /// The sentence. `None`: there is no such key.
    pub fn get(&self, key: &str) -> Option<&str> {
        let find = |is_it: &dyn Fn(&str) -> bool| self.all.iter().find(|(name, _)| is_it(name));
        let own = || find(&|name| name.strip_prefix(OF_PUPIL) == Some(key));
        let found = if self.for_pupil { own() } else { None };
        found.or_else(|| find(&|name| name == key)).map(|(_, sentence)| sentence.as_str())
    }

    /// The sentence with its values filled in. The key itself when there is no such sentence: a tester sees it at
    /// once, and a person still sees a word of the matter.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        match self.get(key) {
            Some(sentence) => fill(sentence, values),
            None => key.to_owned(),
        }
    }

    /// The sentence for `count` things: `key.one` for one and `key.other` for any other number, with `{n}` filled in
    /// as `shown`. Swedish and English need no more forms.
    pub fn count(&self, key: &str, count: u64, shown: &str, values: &[(&str, &str)]) -> String {
        let form = if count == 1 { ".one" } else { ".other" };
        let mut full = String::with_capacity(key.len() + form.len());
        full.push_str(key);
        full.push_str(form);
        let mut all = vec![("n", shown)];
        all.extend_from_slice(values);
        self.fill(&full, &all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Catalogue {
        Catalogue::parse(
            r#"{"hi":"Hej {name}","left.one":"{n} sak kvar","left.other":"{n} saker kvar för {name}"}"#,
        )
        .unwrap()
    }

    #[test]
    fn fills_in_and_never_reads_a_value_for_names() {
        assert_eq!(texts().fill("hi", &[("name", "{name} & co")]), "Hej {name} & co");
        assert_eq!(texts().fill("hi", &[]), "Hej {name}");
        assert_eq!(texts().fill("nothing", &[]), "nothing");
    }

    #[test]
    fn a_pupil_reads_what_is_hers_and_otherwise_the_same() {
        let texts = r#"{"hi":"Hej","title":"Mina barn","pupil.title":"Min skolstart"}"#;
        let mut texts = Catalogue::parse(texts).unwrap();
        assert_eq!((texts.get("title"), texts.get("hi")), (Some("Mina barn"), Some("Hej")));
        texts.for_pupil = true;
        assert_eq!((texts.get("title"), texts.get("hi")), (Some("Min skolstart"), Some("Hej")));
        assert_eq!(texts.get("nothing"), None);
    }

    #[test]
    fn counts() {
        assert_eq!(texts().count("left", 1, "1", &[]), "1 sak kvar");
        assert_eq!(texts().count("left", 0, "0", &[("name", "Alva")]), "0 saker kvar för Alva");
        assert_eq!(texts().count("left", 1200, "1 200", &[("name", "Alva")]), "1 200 saker kvar för Alva");
    }
}
