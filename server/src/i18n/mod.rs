//! Texts that people read and the server writes: files that are taken out, what stands on paper, what is signed.
//!
//! Owns the files `<area>.<language>.json` beside this one, in the format of the browser programs'. Called by use cases, and by the
//! store, which says who somebody is in an extract. Must not hold a sentence. What an operator reads at the command line is no text of
//! these: it is English, as the log. Every key in the code is a literal in `t("…", …)` or `t_with("…", …)`, which `tests/texts.rs`
//! looks for; the beginning of a key that ends with a name or a code, in `t_of("…", …)` or `t_all("…", …)`.

use skolstart_shared::{Locale, fill};
use std::collections::BTreeMap;
use std::sync::LazyLock;

type Texts = BTreeMap<String, String>;

macro_rules! files {
    ($locale:literal: $($area:literal)*) => { &[$(include_str!(concat!($area, ".", $locale, ".json"))),*] };
}

fn files(locale: Locale) -> &'static [&'static str] {
    match locale {
        // The archive is the record of a Swedish authority: it is in Swedish alone.
        Locale::Sv => files!("sv": "archive" "builder" "code" "consents" "extract" "inventory" "school-code"),
        Locale::En => files!("en": "builder" "code" "consents" "extract" "inventory" "school-code"),
    }
}

static TEXTS: LazyLock<BTreeMap<Locale, Texts>> = LazyLock::new(|| {
    // Every file is read by a test: none of them fails here.
    let read = |file: &&str| serde_json::from_str::<Texts>(file).unwrap_or_default();
    Locale::ALL.iter().map(|locale| (*locale, files(*locale).iter().flat_map(read).collect())).collect()
});

/// The sentence of `key`. The key itself when there is none: a tester sees it at once.
#[must_use]
pub fn t(key: &'static str, locale: Locale) -> &'static str {
    find(key, locale).unwrap_or(key)
}

/// The sentence of `key` with its values.
#[must_use]
pub fn t_with(key: &'static str, locale: Locale, values: &[(&str, &str)]) -> String {
    fill(t(key, locale), values)
}

/// The sentence whose key is `family` and the name of a column, a table or a code. `None`: it has none.
#[must_use]
pub fn t_of(family: &'static str, name: &str, locale: Locale) -> Option<&'static str> {
    find(&format!("{family}{name}"), locale)
}

/// Names and sentences of a family.
pub fn t_all(family: &'static str, locale: Locale) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = TEXTS.get(&locale).into_iter().flatten();
    all.filter_map(move |(key, text)| Some((key.strip_prefix(family)?, text.as_str())))
}

fn find(key: &str, locale: Locale) -> Option<&'static str> {
    TEXTS.get(&locale)?.get(key).map(String::as_str)
}
