use super::deciding::check_words;
use super::{PupilView, Stance};
use crate::api::LetterLine;
use crate::consent::PupilSay;
use crate::date::Timestamp;
use crate::form::{ADULT, SignersRule};
use crate::violation::Violation;
use serde::{Deserialize, Serialize};

/// The pupil's own part in an application, from the age that the municipality or the form sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PupilPart {
    /// The age.
    pub from: u8,
    /// True when nothing is granted before she has been asked: the form counts her among those who sign.
    pub must: bool,
}

impl PupilPart {
    /// The part of a pupil of this age. `None`: she is too young, or of age and answers herself.
    pub fn of(say: PupilSay, rule: &SignersRule, age: Option<u8>) -> Option<Self> {
        let age = age.filter(|age| *age < ADULT)?;
        let named = match rule {
            SignersRule::WithPupilFrom(from) | SignersRule::PupilFrom(from) => Some(*from),
            _ => None,
        };
        let from = [say.with_from, named, Some(say.alone_from)].into_iter().flatten().min()?;
        let must = matches!(rule, SignersRule::WithPupilFrom(from) if age >= *from);
        (age >= from).then_some(Self { from, must })
    }
}

/// What a pupil is told of an application about her, and what she has said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnPupilOut {
    /// True when nothing is granted before she has been asked.
    pub must: bool,
    /// True while she can say something.
    pub open: bool,
    /// What is applied for, where the form counts her among those who sign.
    pub applied: Vec<LetterLine>,
    /// What she has said of it as it is now.
    pub said: Option<PupilSaid>,
}

/// What a pupil has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PupilSaid {
    /// When.
    pub at: Timestamp,
    /// True when she said it here; false when the school took it down.
    pub herself: bool,
    /// What.
    pub view: PupilView,
}

/// Checks what was taken down. A no says why, or how she was asked.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check_view(view: &PupilView) -> Result<(), Vec<Violation>> {
    let found = check_words("words", &view.words, view.stance == Stance::Against);
    if found.is_empty() { Ok(()) } else { Err(found) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violation::Code;

    fn part(with_from: Option<u8>, rule: &SignersRule, age: u8) -> Option<(u8, bool)> {
        let part = PupilPart::of(PupilSay { with_from, ..PupilSay::default() }, rule, Some(age));
        part.map(|part| (part.from, part.must))
    }

    #[test]
    fn the_lower_age_counts_and_only_the_forms_own_must() {
        let (all, with) = (SignersRule::AllGuardians, SignersRule::WithPupilFrom(13));
        assert_eq!(part(None, &all, 17), None, "nobody has set an age");
        assert_eq!(part(Some(12), &all, 11), None);
        assert_eq!(part(Some(12), &all, 12), Some((12, false)));
        assert_eq!(part(None, &with, 12), None);
        assert_eq!(part(None, &with, 13), Some((13, true)));
        assert_eq!(part(Some(12), &with, 12), Some((12, false)), "heard, and not yet a signer");
        assert_eq!(part(Some(15), &with, 15), Some((13, true)));
        assert_eq!(part(Some(12), &with, 18), None, "of age she answers herself");
        assert_eq!(PupilPart::of(PupilSay::default(), &with, None), None, "her age is not known");
    }

    #[test]
    fn a_no_says_why() {
        let view = |stance, words: &str| check_view(&PupilView { stance, words: words.to_owned() });
        assert_eq!(view(Stance::For, ""), Ok(()));
        assert_eq!(view(Stance::NotSaid, ""), Ok(()));
        assert_eq!(view(Stance::Against, " ").unwrap_err()[0].code, Code::Required);
        assert_eq!(view(Stance::Against, "Hon vill vara kvar."), Ok(()));
    }
}
