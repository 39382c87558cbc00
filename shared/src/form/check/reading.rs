//! How hard a form is to read.

use super::finding::{Finding, FindingCode};
use crate::form::{FormDefinition, Texts};
use crate::locale::Locale;

/// Swedish above this *läsbarhetsindex* is heavier than ordinary newspaper text (C.-H. Björnsson, *Läsbarhet*, 1968: 40–50 is
/// of medium difficulty, as a newspaper; above it official text begins).
pub const MOST_LIX: u32 = 45;
/// Words in an English sentence on average (Plain English Campaign: 15 to 20).
pub const LONGEST_MEAN_SENTENCE: u32 = 20;
/// Fewer words say nothing about the level.
const FEWEST_WORDS: usize = 40;
/// Björnsson: a long word has more than six letters.
const LONG_WORD: usize = 6;

/// Words per sentence plus long words in per cent. `None` for a text too short to tell.
pub fn lix(text: &str) -> Option<u32> {
    let words = words(text);
    if words.len() < FEWEST_WORDS {
        return None;
    }
    let long = words.iter().filter(|word| word.chars().count() > LONG_WORD).count();
    u32::try_from(words.len() / sentences(text).max(1) + 100 * long / words.len()).ok()
}

/// Words per sentence. `None` for a text too short to tell.
pub fn mean_sentence(text: &str) -> Option<u32> {
    let words = words(text).len();
    let mean = words / sentences(text).max(1);
    (words >= FEWEST_WORDS).then(|| u32::try_from(mean).ok()).flatten()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect()
}

fn sentences(text: &str) -> usize {
    let has_words = |part: &&str| part.chars().any(char::is_alphanumeric);
    text.split(['.', '?', '!', ':', '\n']).filter(has_words).count()
}

pub(super) fn check(form: &FormDefinition, found: &mut Vec<Finding>) {
    let mut read = form.clone();
    for act in &mut read.acts {
        // Names of laws are what they are.
        act.law = Texts::default();
        if let Some(decision) = &mut act.decision {
            decision.law = Texts::default();
        }
    }
    let (mut swedish, mut english) = (String::new(), String::new());
    read.each_text(&mut |texts| {
        for (locale, all) in [(Locale::Sv, &mut swedish), (Locale::En, &mut english)] {
            if let Some(text) = texts.0.get(&locale) {
                all.push_str(text);
                all.push('\n');
            }
        }
    });
    if let Some(lix) = lix(&swedish).filter(|lix| *lix > MOST_LIX) {
        found.push(Finding::new(FindingCode::HeavySwedish, "").with("lix", lix).with("most", MOST_LIX));
    }
    if let Some(mean) = mean_sentence(&english).filter(|mean| *mean > LONGEST_MEAN_SENTENCE) {
        let most = LONGEST_MEAN_SENTENCE;
        found.push(Finding::new(FindingCode::LongEnglish, "").with("words", mean).with("most", most));
    }
}
