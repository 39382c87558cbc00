//! Every text that the code asks for exists in every language, every text is asked for, and the translations of a text
//! take the same values.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

use skolstart_shared::Locale;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Texts = BTreeMap<String, String>;

/// Beginnings of keys that are put together from a code, such as the code of a violation. A text with such a key counts
/// as used, and `t_or` makes sure that a code without a text still says something.
const FAMILIES: &[&str] = &[
    "check.",
    "diff.",
    "effect.",
    "error.",
    "function.",
    "holiday.",
    "kind.",
    "pupil.",
    "reader.",
    "review.did.",
    "school-form.",
    "sign-in.why.",
    "staff.sign-in.why.",
    "unfit.",
    "violation.",
];

/// The files of texts, and the folders and files of code that may use them.
const PROGRAMS: [(&str, &[&str]); 2] = [
    ("guardian", &["guardian", "forms", "sync", "storage", "ui/form", "bin/guardian.rs"]),
    ("staff", &["staff", "bin/staff.rs"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn texts(part: &str, locale: Locale) -> Texts {
    let file = source().join("i18n").join(format!("{part}.{}.json", locale.as_str()));
    serde_json::from_str(&fs::read_to_string(&file).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn files(at: &Path, found: &mut Vec<PathBuf>) {
    if at.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| files(entry, found));
    } else if at.extension().is_some_and(|ending| ending == "rs") {
        found.push(at.to_owned());
    }
}

/// The keys that a file asks for, with the file. `t_count` asks for two.
fn keys_in(file: &Path) -> Vec<String> {
    let code = fs::read_to_string(file).unwrap();
    // What follows are tests, which may use keys that do not exist.
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut keys = Vec::new();
    for (call, forms) in
        [("t", &[""][..]), ("t_with", &[""]), ("t_or", &[""]), ("t_count", &[".one", ".other"])]
    {
        let opening = format!("{call}(");
        for (at, _) in code.match_indices(&opening) {
            let is_call = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.');
            let Some(rest) = code[at + opening.len()..].trim_start().strip_prefix('"') else { continue };
            if let (true, Some((key, _))) = (is_call, rest.split_once('"')) {
                keys.extend(forms.iter().map(|form| format!("{key}{form}")));
            }
        }
    }
    keys
}

fn placeholders(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn program_of(file: &Path) -> Option<&'static str> {
    let inside = file.strip_prefix(source()).unwrap();
    PROGRAMS
        .iter()
        .find(|(_, places)| places.iter().any(|place| inside.starts_with(place)))
        .map(|(name, _)| *name)
}

#[test]
fn every_text_that_the_code_asks_for_exists_where_the_program_can_read_it() {
    let mut found = Vec::new();
    files(&source(), &mut found);
    let mut missing = Vec::new();
    for file in found {
        let program = program_of(&file);
        for &locale in Locale::ALL {
            let mut known = texts("common", locale);
            known.extend(program.map(|program| texts(program, locale)).unwrap_or_default());
            let asked = keys_in(&file).into_iter().filter(|key| !known.contains_key(key));
            missing.extend(asked.map(|key| format!("{key} ({}) in {}", locale.as_str(), file.display())));
        }
    }
    assert!(missing.is_empty(), "no such text:\n{}", missing.join("\n"));
}

#[test]
fn every_text_is_asked_for() {
    let mut found = Vec::new();
    files(&source(), &mut found);
    for part in ["common", "guardian", "staff"] {
        let readers = found.iter().filter(|file| part == "common" || program_of(file) == Some(part));
        let asked: BTreeSet<String> = readers.flat_map(|file| keys_in(file)).collect();
        let unused: Vec<_> = texts(part, Locale::Sv)
            .into_keys()
            .filter(|key| !asked.contains(key) && !FAMILIES.iter().any(|family| key.starts_with(family)))
            .collect();
        assert!(unused.is_empty(), "nobody asks for these texts of {part}: {}", unused.join(", "));
    }
}

#[test]
fn what_a_pupil_reads_instead_stands_for_something() {
    let texts = |part| texts(part, Locale::Sv);
    let (common, guardian) = (texts("common"), texts("guardian"));
    let own: Vec<_> = guardian.keys().filter_map(|key| key.strip_prefix("pupil.")).collect();
    let lost: Vec<_> =
        own.iter().filter(|key| !common.contains_key(**key) && !guardian.contains_key(**key)).collect();
    assert!(!own.is_empty() && lost.is_empty(), "nobody asks for these texts: {lost:?}");
}

#[test]
fn translations_are_complete_and_take_the_same_values() {
    for part in ["common", "guardian", "staff"] {
        let swedish = texts(part, Locale::Sv);
        for &locale in Locale::ALL {
            let other = texts(part, locale);
            let (here, there): (BTreeSet<_>, BTreeSet<_>) =
                (swedish.keys().collect(), other.keys().collect());
            let differ: Vec<_> = here.symmetric_difference(&there).collect();
            assert!(differ.is_empty(), "{part}.{} and Swedish differ: {differ:?}", locale.as_str());
            for (key, sentence) in &swedish {
                let same = placeholders(sentence) == placeholders(&other[key]);
                assert!(same, "{key} takes other values in {}", locale.as_str());
                assert!(!other[key].trim().is_empty(), "{key} is empty in {}", locale.as_str());
            }
        }
    }
}

#[test]
fn every_finding_of_the_check_list_has_its_sentence() {
    let texts = texts("staff", Locale::Sv);
    for code in skolstart_shared::form::check::FindingCode::ALL {
        let key = format!("check.{}", code.as_str());
        assert!(texts.contains_key(&key), "{key}");
    }
}

/// What the server says about a sign-in that did not succeed: `http/handlers/sign_in/callback.rs`.
#[test]
fn every_reason_of_a_refused_sign_in_has_its_sentence() {
    for (part, family) in [("guardian", "sign-in.why."), ("staff", "staff.sign-in.why.")] {
        let texts = texts(part, Locale::Sv);
        let told: BTreeSet<_> = texts.keys().filter_map(|key| key.strip_prefix(family)).collect();
        assert_eq!(told, BTreeSet::from(["again", "cancelled", "down", "level", "unknown"]), "{part}");
    }
}

#[test]
fn every_code_of_the_builder_has_its_words() {
    use skolstart_shared::access::Function;
    use skolstart_shared::form::builder::{ChangeCode, KINDS};
    let texts = texts("staff", Locale::Sv);
    let changes = ChangeCode::ALL.iter().map(|code| format!("diff.{}", code.as_str()));
    let kinds = KINDS.iter().map(|name| format!("kind.{name}"));
    let functions = Function::ALL.iter().map(|function| format!("function.{}", function.as_str()));
    let forms =
        ["fs", "fklass", "gr", "gran", "sp", "sam", "gy", "gyan"].map(|form| format!("school-form.{form}"));
    let effects = ["more-required", "answer-gone", "rule-changed", "consent-changed", "kind-changed"];
    let effects = effects.map(|reason| format!("effect.{reason}"));
    for key in changes.chain(kinds).chain(functions).chain(forms).chain(effects) {
        assert!(texts.contains_key(&key), "{key}");
    }
}
