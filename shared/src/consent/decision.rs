use crate::date::Timestamp;
use crate::form::{ActKey, FieldKey, FormKey};
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// One purpose and channel that is consented to: a field of a consent act.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentPurpose {
    /// The form.
    pub form: FormKey,
    /// The act.
    pub act: ActKey,
    /// The channel.
    pub field: FieldKey,
}

/// What somebody decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ConsentChoice {
    /// Yes.
    Given,
    /// Yes, with a limit in the person's own words, on paper or spoken. Nobody may publish without reading it.
    Limited,
    /// No, and there was no yes before.
    Refused,
    /// No, after a yes (GDPR art. 7.3).
    Withdrawn,
}

impl ConsentChoice {
    /// What a yes or no amounts to, given what the same person decided last.
    pub fn of_answer(yes: bool, last: Option<Self>) -> Self {
        match (yes, last) {
            (true, _) => Self::Given,
            (false, Some(Self::Given | Self::Limited | Self::Withdrawn)) => Self::Withdrawn,
            (false, _) => Self::Refused,
        }
    }

    /// True for a yes, limited or not.
    pub fn is_yes(self) -> bool {
        matches!(self, Self::Given | Self::Limited)
    }

    /// The name in kebab case, as on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Limited => "limited",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The choice with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Given, Self::Limited, Self::Refused, Self::Withdrawn];
        all.into_iter().find(|choice| choice.as_str() == name)
    }
}

/// How it was made sure who decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Identified {
    /// Not noted: a decision from before it was.
    #[default]
    NotNoted,
    /// Signed in to a demo, which believes whoever asks.
    Demo,
    /// Signed in with an e-identification.
    Eid,
    /// Signed in with an account that the municipality has given.
    Account,
    /// Signed in with a code that the school had given her.
    SchoolCode,
    /// Signed on paper; staff have the paper.
    SignedPaper,
    /// Told staff, who know the person.
    SpokenToStaff,
}

impl Identified {
    /// The name in kebab case, as on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotNoted => "not-noted",
            Self::Demo => "demo",
            Self::Eid => "eid",
            Self::Account => "account",
            Self::SchoolCode => "school-code",
            Self::SignedPaper => "signed-paper",
            Self::SpokenToStaff => "spoken-to-staff",
        }
    }

    /// The way with this name; a name that is not known was not noted.
    pub fn from_name(name: &str) -> Self {
        let all =
            [Self::Demo, Self::Eid, Self::Account, Self::SchoolCode, Self::SignedPaper, Self::SpokenToStaff];
        all.into_iter().find(|way| way.as_str() == name).unwrap_or_default()
    }
}

/// One decision. The history is never changed, only added to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentDecision {
    /// What was decided about.
    pub purpose: ConsentPurpose,
    /// Who decided.
    pub by: PersonId,
    /// What.
    pub choice: ConsentChoice,
    /// When the server received it.
    pub at: Timestamp,
    /// The server's order; of two decisions by the same person the higher stands, whatever the clocks said.
    pub seq: i64,
    /// The version of the form whose text was read.
    pub form_version: u32,
}

impl ConsentDecision {
    /// What names this decision among those of the same person about the same thing. Never 0, which names none.
    pub fn version(&self) -> u32 {
        u32::try_from(self.seq.rem_euclid(i64::from(u32::MAX)) + 1).unwrap_or(u32::MAX)
    }
}
