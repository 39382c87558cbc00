//! Which known elements a question may be about, while its words are typed.

use crate::fact::{Catalogue, Element, Subject};

/// Fewer letters say nothing.
const SHORTEST: usize = 3;
/// So many letters in common from the beginning make two words one: *telefon* and *telefonnummer*.
const STEM: usize = 4;
const MOST: usize = 5;
/// Words that stand in nearly every question.
const EMPTY: [&str; 14] = [
    "barnet", "barnets", "eleven", "elevens", "vilken", "vilket", "vilka", "har", "kan", "och", "the",
    "child", "what", "your",
];

/// The elements about `subject` that the words may mean, the likeliest first. Nothing for words that say nothing.
pub fn suggest<'a>(typed: &str, subject: Subject, catalogue: &'a Catalogue) -> Vec<&'a Element> {
    let typed = words(typed);
    let mut found: Vec<(u32, &Element)> = catalogue
        .iter()
        .filter(|element| element.subject == subject)
        .map(|element| (score(&typed, element), element))
        .filter(|(score, _)| *score > 0)
        .collect();
    // Stable: of equals the first in the catalogue.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().take(MOST).map(|(_, element)| element).collect()
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
    parts.filter(|word| word.chars().count() >= SHORTEST && !EMPTY.contains(&word.as_str())).collect()
}

/// How well the words fit: whole words count most, then how much of the element's own words was typed and of what was typed
/// is the element's.
fn score(typed: &[String], element: &Element) -> u32 {
    let key = element.key.as_str().split_once('.').map_or("", |(_, name)| name);
    let texts = element.label.0.values().map(String::as_str).chain([key]);
    texts.map(|text| fit(typed, &words(text))).max().unwrap_or(0)
}

fn fit(typed: &[String], own: &[String]) -> u32 {
    let hits: u32 = own.iter().map(|own| typed.iter().map(|typed| like(typed, own)).max().unwrap_or(0)).sum();
    let share = |of: &[String]| hits * 10 / u32::try_from(of.len().max(1)).unwrap_or(1);
    share(own) + share(typed)
}

fn like(one: &str, other: &str) -> u32 {
    if one == other {
        return 3;
    }
    let begins = one.chars().count() >= STEM && other.starts_with(one);
    let continues = other.chars().count() >= STEM && one.starts_with(other);
    u32::from(begins || continues)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Audience, ElementKey, Merge, Sensitivity, Sharing, Source};
    use crate::form::Texts;
    use crate::locale::Locale;

    fn catalogue() -> Catalogue {
        let element = |key: &str, subject, swedish: &str, english: &str| Element {
            key: ElementKey(key.to_owned()),
            subject,
            sensitivity: Sensitivity::Personal,
            holds_days: None,
            merge: Merge::Latest,
            sharing: Sharing::Guardians,
            retention: "r".to_owned(),
            label: Texts([(Locale::Sv, swedish.to_owned()), (Locale::En, english.to_owned())].into()),
            sources: vec![Source::Guardian],
            audience: Audience::Unit,
            kind: None,
        };
        Catalogue::new(vec![
            element("child.swims", Subject::Child, "Simkunnighet", "Swimming ability"),
            element("child.diet-needs", Subject::Child, "Specialkost", "Special diet"),
            element("guardian.phone", Subject::Guardian, "Telefon", "Phone"),
            element("guardian.work-phone", Subject::Guardian, "Telefon till arbetet", "Work phone"),
        ])
    }

    fn keys(typed: &str, subject: Subject) -> Vec<String> {
        suggest(typed, subject, &catalogue()).into_iter().map(|element| element.key.0.clone()).collect()
    }

    #[test]
    fn the_likeliest_stands_first_in_either_language() {
        assert_eq!(keys("Telefonnummer", Subject::Guardian), ["guardian.phone", "guardian.work-phone"]);
        assert_eq!(keys("telefon arbetet", Subject::Guardian)[0], "guardian.work-phone");
        assert_eq!(keys("Special", Subject::Child), ["child.diet-needs"]);
        assert_eq!(keys("What diet?", Subject::Child), ["child.diet-needs"]);
    }

    #[test]
    fn words_that_say_nothing_and_other_people_suggest_nothing() {
        for typed in ["", "te", "Har barnet", "Kan", "Favoritfärg"] {
            assert_eq!(keys(typed, Subject::Child), Vec::<String>::new(), "{typed}");
        }
        assert_eq!(keys("Telefon", Subject::Child), Vec::<String>::new());
    }
}
