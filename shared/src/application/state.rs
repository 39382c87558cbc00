use crate::form::DecisionOutcome;
use crate::round::TaskStatus;
use serde::{Deserialize, Serialize};

/// How an application stands. Every state is shown as an icon and a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ApplicationState {
    /// Everybody who applies has signed: it can be decided.
    Received,
    /// Somebody who must apply too has not.
    WaitingForOther,
    /// They have applied for different things, or the pupil who signs too does not want it.
    Conflict,
    /// The school has asked about it.
    NeedsCompletion,
    /// Somebody gives an opinion before somebody else decides.
    WaitingForOpinion,
    /// *Bifall*.
    Granted,
    /// *Delvis bifall*.
    Partly,
    /// *Avslag*.
    Refused,
    /// Kept until there is room.
    Waiting,
    /// Taken back by those who applied.
    Withdrawn,
    /// A newer application stands in its place.
    Superseded,
}

impl ApplicationState {
    /// All, in the order of lists: what staff can do something about first.
    pub const ALL: [Self; 11] = [
        Self::Received,
        Self::WaitingForOpinion,
        Self::Conflict,
        Self::NeedsCompletion,
        Self::WaitingForOther,
        Self::Waiting,
        Self::Granted,
        Self::Partly,
        Self::Refused,
        Self::Withdrawn,
        Self::Superseded,
    ];

    /// The name in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::WaitingForOther => "waiting-for-other",
            Self::Conflict => "conflict",
            Self::NeedsCompletion => "needs-completion",
            Self::WaitingForOpinion => "waiting-for-opinion",
            Self::Granted => "granted",
            Self::Partly => "partly",
            Self::Refused => "refused",
            Self::Waiting => "waiting",
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// What a decision makes of it.
    pub fn of(outcome: DecisionOutcome) -> Self {
        match outcome {
            DecisionOutcome::Granted => Self::Granted,
            DecisionOutcome::Partly => Self::Partly,
            DecisionOutcome::Refused => Self::Refused,
            DecisionOutcome::Waiting => Self::Waiting,
        }
    }

    /// True when nothing more comes of it, unless a decision is changed.
    pub fn is_closed(self) -> bool {
        self.is_decided() || matches!(self, Self::Withdrawn | Self::Superseded)
    }

    /// True for yes, partly yes and no.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Granted | Self::Partly | Self::Refused)
    }
}

/// One thing that has happened with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// Somebody of the family applied, or changed what she applies for.
    Applied,
    /// An opinion was given.
    Opinion,
    /// It was decided.
    Decided(DecisionOutcome),
    /// It was taken back.
    Withdrawn,
    /// A newer application came in its place.
    Superseded,
}

/// All that the state follows from.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// What has happened, in order.
    pub happened: &'a [Happened],
    /// How far the answers of those who apply have come.
    pub answers: TaskStatus,
    /// Whether somebody gives an opinion before somebody else decides.
    pub needs_opinion: bool,
}

/// Derives the state. What was taken back or replaced stays so, and what was decided stays decided until it is decided
/// anew. "Waiting" is neither yes nor no: whoever applies again while waiting has a new answer to wait for.
pub fn state(evidence: &Evidence<'_>) -> ApplicationState {
    let mut standing = None;
    let mut has_opinion = false;
    for happened in evidence.happened {
        let closed = standing.is_some_and(ApplicationState::is_closed);
        let decided = standing.is_some_and(ApplicationState::is_decided);
        match happened {
            Happened::Applied if !closed => standing = None,
            Happened::Opinion => has_opinion = true,
            Happened::Decided(outcome) if !closed || decided => {
                standing = Some(ApplicationState::of(*outcome))
            }
            Happened::Withdrawn if !closed => standing = Some(ApplicationState::Withdrawn),
            Happened::Superseded if !closed => standing = Some(ApplicationState::Superseded),
            _ => {}
        }
    }
    standing.unwrap_or(match evidence.answers {
        TaskStatus::Returned => ApplicationState::NeedsCompletion,
        TaskStatus::Conflict => ApplicationState::Conflict,
        TaskStatus::Complete if evidence.needs_opinion && !has_opinion => ApplicationState::WaitingForOpinion,
        TaskStatus::Complete => ApplicationState::Received,
        _ => ApplicationState::WaitingForOther,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(happened: &[Happened], answers: TaskStatus, needs_opinion: bool) -> ApplicationState {
        state(&Evidence { happened, answers, needs_opinion })
    }

    #[test]
    fn it_follows_the_answers_until_it_is_decided() {
        use Happened::{Applied, Opinion};
        let all = TaskStatus::Complete;
        assert_eq!(of(&[Applied], TaskStatus::WaitingForOther, true), ApplicationState::WaitingForOther);
        assert_eq!(of(&[Applied], TaskStatus::Conflict, false), ApplicationState::Conflict);
        assert_eq!(of(&[Applied], TaskStatus::Returned, false), ApplicationState::NeedsCompletion);
        assert_eq!(of(&[Applied], all, true), ApplicationState::WaitingForOpinion);
        assert_eq!(of(&[Applied, Opinion], all, true), ApplicationState::Received);
        let refused = Happened::Decided(DecisionOutcome::Refused);
        assert_eq!(of(&[Applied, refused], TaskStatus::Returned, true), ApplicationState::Refused);
        let granted = Happened::Decided(DecisionOutcome::Granted);
        assert_eq!(of(&[Applied, refused, granted], all, true), ApplicationState::Granted, "changed");
    }

    #[test]
    fn whoever_waits_may_apply_anew_and_is_answered_anew() {
        let waits = Happened::Decided(DecisionOutcome::Waiting);
        let all = TaskStatus::Complete;
        assert_eq!(of(&[Happened::Applied, waits], all, false), ApplicationState::Waiting);
        assert_eq!(
            of(&[Happened::Applied, waits, Happened::Applied], all, false),
            ApplicationState::Received
        );
        assert_eq!(
            of(&[Happened::Applied, waits, Happened::Withdrawn], all, false),
            ApplicationState::Withdrawn
        );
    }

    fn any_event() -> impl Strategy<Value = Happened> {
        let outcome = proptest::sample::select(DecisionOutcome::ALL.to_vec());
        prop_oneof![
            Just(Happened::Applied),
            Just(Happened::Opinion),
            outcome.prop_map(Happened::Decided),
            Just(Happened::Withdrawn),
            Just(Happened::Superseded),
        ]
    }

    proptest! {
        #[test]
        fn nothing_is_granted_that_nobody_granted_last(
            happened in proptest::collection::vec(any_event(), 0..12),
            answers in proptest::sample::select(TaskStatus::ALL.to_vec()),
            needs in any::<bool>(),
        ) {
            let last = happened.iter().rev().find_map(|happened| match happened {
                Happened::Decided(outcome) => Some(*outcome),
                _ => None,
            });
            let is = of(&happened, answers, needs);
            for (state, outcome) in [
                (ApplicationState::Granted, DecisionOutcome::Granted),
                (ApplicationState::Partly, DecisionOutcome::Partly),
                (ApplicationState::Refused, DecisionOutcome::Refused),
            ] {
                if is == state {
                    prop_assert_eq!(last, Some(outcome));
                }
            }
        }

        #[test]
        fn what_is_withdrawn_or_replaced_stays_so(
            before in proptest::collection::vec(any_event(), 0..8),
            after in proptest::collection::vec(any_event(), 0..8),
            answers in proptest::sample::select(TaskStatus::ALL.to_vec()),
        ) {
            let is = of(&before, answers, false);
            if matches!(is, ApplicationState::Withdrawn | ApplicationState::Superseded) {
                let all: Vec<_> = before.into_iter().chain(after).collect();
                prop_assert_eq!(of(&all, answers, true), is);
            }
        }

        #[test]
        fn what_is_decided_changes_only_by_a_decision(
            before in proptest::collection::vec(any_event(), 0..8),
            after in proptest::collection::vec(any_event(), 0..8),
            answers in proptest::sample::select(TaskStatus::ALL.to_vec()),
        ) {
            let is = of(&before, answers, false);
            let decides = |happened: &Happened| matches!(happened, Happened::Decided(_));
            if is.is_decided() && !after.iter().any(decides) {
                let all: Vec<_> = before.into_iter().chain(after).collect();
                prop_assert_eq!(of(&all, answers, false), is);
            }
        }
    }
}
