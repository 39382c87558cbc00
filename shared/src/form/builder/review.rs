//! Four eyes: one asks for a draft to be published, another approves it or sends it back. The state of a draft is derived.

use crate::date::Timestamp;
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// What somebody does about the publishing of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReviewStep {
    /// Asks another to look at it and publish it.
    Ask,
    /// Takes the question back.
    Withdraw,
    /// Sends it back with a note on what to change.
    SendBack(String),
    /// Approves: it is published.
    Approve,
}

impl ReviewStep {
    /// The name in kebab case, as in the database.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Withdraw => "withdraw",
            Self::SendBack(_) => "send-back",
            Self::Approve => "approve",
        }
    }
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// What.
    pub step: ReviewStep,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Upon which revision of the draft.
    pub revision: u32,
}

/// How far a draft has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DraftState {
    /// Somebody writes on it.
    Editing,
    /// Somebody has asked for it to be published.
    Asked,
    /// It came back with a note, and nobody has changed it since.
    SentBack,
    /// It is published.
    Published,
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAllowed {
    /// It needs somebody else than the one who asked.
    SamePerson,
    /// The draft has been changed, or the question is gone.
    Moved,
    /// It is published: nothing changes any more.
    Published,
}

/// How far a draft of this revision has come after these steps, the oldest first. Whoever changes a draft takes the question
/// about it back.
pub fn state_of(revision: u32, reviews: &[Review]) -> DraftState {
    match reviews.last() {
        Some(Review { step: ReviewStep::Approve, .. }) => DraftState::Published,
        Some(review) if review.revision != revision => DraftState::Editing,
        Some(Review { step: ReviewStep::Ask, .. }) => DraftState::Asked,
        Some(Review { step: ReviewStep::SendBack(_), .. }) => DraftState::SentBack,
        Some(Review { step: ReviewStep::Withdraw, .. }) | None => DraftState::Editing,
    }
}

/// Whether `who` may take a step upon `seen`, the revision she has looked at.
///
/// # Errors
/// See [`NotAllowed`].
pub fn may_take(
    step: &ReviewStep,
    who: PersonId,
    seen: u32,
    revision: u32,
    reviews: &[Review],
) -> Result<(), NotAllowed> {
    let state = state_of(revision, reviews);
    if state == DraftState::Published {
        return Err(NotAllowed::Published);
    }
    if seen != revision {
        return Err(NotAllowed::Moved);
    }
    let asked_by = reviews.last().filter(|_| state == DraftState::Asked).map(|review| review.by);
    match (step, asked_by) {
        (ReviewStep::Ask, None) => Ok(()),
        (ReviewStep::Withdraw, Some(_)) => Ok(()),
        (ReviewStep::SendBack(_) | ReviewStep::Approve, Some(by)) if by == who => Err(NotAllowed::SamePerson),
        (ReviewStep::SendBack(_) | ReviewStep::Approve, Some(_)) => Ok(()),
        _ => Err(NotAllowed::Moved),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(number: u8) -> PersonId {
        PersonId(uuid::Uuid::from_u128(u128::from(number)))
    }

    fn review(step: ReviewStep, by: u8, revision: u32) -> Review {
        Review { step, by: person(by), at: Timestamp::from_millis(0), revision }
    }

    #[test]
    fn the_one_who_asked_never_approves() {
        let asked = [review(ReviewStep::Ask, 1, 3)];
        assert_eq!(may_take(&ReviewStep::Approve, person(1), 3, 3, &asked), Err(NotAllowed::SamePerson));
        assert_eq!(may_take(&ReviewStep::Approve, person(2), 3, 3, &asked), Ok(()));
        assert_eq!(may_take(&ReviewStep::SendBack(String::new()), person(2), 3, 3, &asked), Ok(()));
        assert_eq!(may_take(&ReviewStep::Withdraw, person(1), 3, 3, &asked), Ok(()));
    }

    #[test]
    fn a_change_takes_the_question_back() {
        let asked = [review(ReviewStep::Ask, 1, 3)];
        assert_eq!(state_of(4, &asked), DraftState::Editing);
        assert_eq!(may_take(&ReviewStep::Approve, person(2), 3, 4, &asked), Err(NotAllowed::Moved));
        assert_eq!(may_take(&ReviewStep::Approve, person(2), 4, 4, &asked), Err(NotAllowed::Moved));
        assert_eq!(may_take(&ReviewStep::Ask, person(2), 4, 4, &asked), Ok(()));
    }

    fn step() -> impl Strategy<Value = ReviewStep> {
        prop_oneof![
            Just(ReviewStep::Ask),
            Just(ReviewStep::Withdraw),
            Just(ReviewStep::SendBack("Ändra".to_owned())),
            Just(ReviewStep::Approve),
        ]
    }

    proptest! {
        /// Whatever is tried, in whatever order, what is published was asked for by one and approved by another, on the same
        /// revision.
        #[test]
        fn nothing_is_published_by_two_eyes(tries in prop::collection::vec((step(), 0u8..3, 0u32..2), 0..30)) {
            let (mut revision, mut taken) = (1, Vec::<Review>::new());
            for (step, who, edit) in tries {
                if state_of(revision, &taken) != DraftState::Published {
                    revision += edit;
                }
                if may_take(&step, person(who), revision, revision, &taken).is_ok() {
                    taken.push(review(step, who, revision));
                }
            }
            if state_of(revision, &taken) == DraftState::Published {
                let [.., asked, approved] = taken.as_slice() else { panic!("approved out of nothing") };
                prop_assert_eq!(&asked.step, &ReviewStep::Ask);
                prop_assert_ne!(asked.by, approved.by);
                prop_assert_eq!(asked.revision, approved.revision);
            }
        }
    }
}
