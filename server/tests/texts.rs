//! Every text that the server's code asks for exists in every language, every text is asked for, and the translations of a text
//! take the same values. No sentence for people stands in the code.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

use skolstart_shared::Locale;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Texts = BTreeMap<String, String>;

/// The archive is the record of a Swedish authority, and in Swedish for whoever takes it out. Everything else is in every language.
const SWEDISH_ALONE: [&str; 1] = ["archive"];

/// Where letters stand that are no text of ours: the order of the Swedish alphabet, and the words of the register's format.
/// What the demo makes up is data.
const NO_TEXTS: [&str; 3] = ["usecase/names.rs", "register/ss12000", "demo"];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(at: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    if at.is_dir() {
        fs::read_dir(at).unwrap().for_each(|entry| files(&entry.unwrap().path(), ending, found));
    } else if at.extension().is_some_and(|of| of == ending) {
        found.push(at.to_owned());
    }
}

/// Area and language of every file.
fn translations() -> BTreeMap<String, BTreeMap<Locale, Texts>> {
    let mut found = Vec::new();
    files(&source().join("i18n"), "json", &mut found);
    let mut all: BTreeMap<String, BTreeMap<Locale, Texts>> = BTreeMap::new();
    for file in found {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let (area, locale) = name.rsplit_once('.').unwrap();
        let texts = serde_json::from_str(&fs::read_to_string(&file).unwrap());
        let texts = texts.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        all.entry(area.to_owned()).or_default().insert(Locale::parse(locale).unwrap(), texts);
    }
    assert!(all.len() >= 4, "the files are somewhere else");
    all
}

/// Files with their code: without comments, and without the tests at the end.
fn code() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(&source(), "rs", &mut found);
    let read = |file: PathBuf| {
        let code = fs::read_to_string(&file).unwrap();
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        (file.strip_prefix(source()).unwrap().to_owned(), lines.collect::<Vec<_>>().join("\n"))
    };
    found.into_iter().filter(|file| !file.ends_with("tests.rs")).map(read).collect()
}

/// The keys that a file asks for with one of these functions.
fn keys_in<'a>(code: &'a str, calls: &[&str]) -> Vec<&'a str> {
    let mut keys = Vec::new();
    for call in calls {
        for (at, _) in code.match_indices(call) {
            let is_call = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.');
            let Some(rest) = code[at + call.len()..].trim_start().strip_prefix('"') else { continue };
            keys.extend(rest.split_once('"').filter(|_| is_call).map(|(key, _)| key));
        }
    }
    keys
}

fn placeholders(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn what_is_asked_for_is_what_there_is() {
    let texts = translations();
    let known: BTreeSet<&str> =
        texts.values().flat_map(|of| of[&Locale::Sv].keys()).map(String::as_str).collect();
    let code = code();
    let all =
        |calls: &[&str]| code.iter().flat_map(|(_, code)| keys_in(code, calls)).collect::<BTreeSet<_>>();
    let asked = all(&["t(", "t_with("]);
    let missing: Vec<_> = asked.difference(&known).collect();
    assert!(missing.is_empty(), "no such text: {missing:?}");
    // The beginnings of keys: what the rest may be, the tests beside those who ask know.
    let families = all(&["t_of(", "t_all("]);
    let is_of = |family: &str, key: &str| key.starts_with(family);
    let empty: Vec<_> =
        families.iter().filter(|family| !known.iter().any(|key| is_of(family, key))).collect();
    assert!(empty.is_empty(), "no text begins so: {empty:?}");
    let is_unused = |key: &&&str| !families.iter().any(|family| is_of(family, key));
    let unused: Vec<_> = known.difference(&asked).filter(is_unused).collect();
    assert!(unused.is_empty(), "nobody asks for these texts: {unused:?}");
}

#[test]
fn translations_are_complete_and_take_the_same_values() {
    for (area, languages) in translations() {
        let swedish = &languages[&Locale::Sv];
        if SWEDISH_ALONE.contains(&area.as_str()) {
            assert_eq!(languages.len(), 1, "{area} is in Swedish alone");
            continue;
        }
        for &locale in Locale::ALL {
            let name = format!("{area}.{}", locale.as_str());
            let other = languages.get(&locale).unwrap_or_else(|| panic!("{name} is not there"));
            let (here, there): (BTreeSet<_>, BTreeSet<_>) =
                (swedish.keys().collect(), other.keys().collect());
            let differ: Vec<_> = here.symmetric_difference(&there).collect();
            assert!(differ.is_empty(), "{name} and Swedish differ: {differ:?}");
            for (key, sentence) in swedish {
                let same = placeholders(sentence) == placeholders(&other[key]);
                assert!(same, "{key} takes other values in {name}");
                assert!(!other[key].trim().is_empty(), "{key} is empty in {name}");
            }
        }
    }
}

/// Areas share one namespace. Texts stand in pages and files alike: markup is the code's.
#[test]
fn a_key_begins_with_its_area_and_a_text_is_no_markup() {
    for (area, languages) in translations() {
        for (key, sentence) in languages.values().flatten() {
            assert!(key.strip_prefix(&area).is_some_and(|rest| rest.starts_with('.')), "{key} in {area}");
            assert!(!sentence.contains(['<', '>', '&', '"']), "{key}: {sentence}");
        }
    }
}

#[test]
fn no_swedish_stands_in_the_code() {
    let is_swedish = |line: &&str| line.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö']);
    let mut found = Vec::new();
    for (file, code) in
        code().iter().filter(|(file, _)| !NO_TEXTS.iter().any(|known| file.starts_with(known)))
    {
        let lines = code.lines().filter(is_swedish);
        found.extend(lines.map(|line| format!("{}: {}", file.display(), line.trim())));
    }
    assert!(found.is_empty(), "move it to server/src/i18n:\n{}", found.join("\n"));
}
