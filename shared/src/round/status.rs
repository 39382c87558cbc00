use crate::date::Date;
use serde::{Deserialize, Serialize};

/// How far an act for one child has come. Every status is shown as an icon and a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TaskStatus {
    /// Nobody has answered.
    NotStarted,
    /// The round has closed and answers are missing.
    Expired,
    /// Staff have asked about an answer and wait for a new one.
    Returned,
    /// The guardians have given different answers to something that they must agree on.
    Conflict,
    /// Somebody has answered, another guardian has not.
    WaitingForOther,
    /// Everything that guardians answer is there; staff have their part left.
    WaitingForStaff,
    /// Another act of the form comes first.
    NotYet,
    /// Nobody has to answer, and nobody has.
    Voluntary,
    /// The child does not have to be answered for.
    Exempt,
    /// Answered by all who must.
    Complete,
    /// Answered, and the answer is no to everything.
    Declined,
}

impl TaskStatus {
    /// All, in the order of lists: what needs action first.
    pub const ALL: [Self; 11] = [
        Self::Conflict,
        Self::WaitingForStaff,
        Self::Expired,
        Self::Returned,
        Self::NotStarted,
        Self::WaitingForOther,
        Self::NotYet,
        Self::Declined,
        Self::Complete,
        Self::Voluntary,
        Self::Exempt,
    ];

    /// The status as it is seen on `today`: what is not done when the round has closed has expired. Stores keep the
    /// status without this, so that nothing has to be written when a day passes.
    #[must_use]
    pub fn seen_on(self, today: Date, closes: Date) -> Self {
        let waits_for_guardians = matches!(self, Self::NotStarted | Self::WaitingForOther | Self::Returned);
        if waits_for_guardians && today > closes { Self::Expired } else { self }
    }

    /// True when nobody needs to do anything more.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Complete | Self::Declined | Self::Voluntary | Self::Exempt | Self::NotYet)
    }

    /// The name in kebab case, as on the wire and in the translation keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::Expired => "expired",
            Self::Returned => "returned",
            Self::Conflict => "conflict",
            Self::WaitingForOther => "waiting-for-other",
            Self::WaitingForStaff => "waiting-for-staff",
            Self::NotYet => "not-yet",
            Self::Voluntary => "voluntary",
            Self::Exempt => "exempt",
            Self::Complete => "complete",
            Self::Declined => "declined",
        }
    }

    /// The status with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}
