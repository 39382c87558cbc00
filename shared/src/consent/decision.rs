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
            (false, Some(Self::Given | Self::Withdrawn)) => Self::Withdrawn,
            (false, _) => Self::Refused,
        }
    }

    /// True for [`Self::Given`].
    pub fn is_yes(self) -> bool {
        self == Self::Given
    }

    /// The name in kebab case, as on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The choice with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Given, Self::Refused, Self::Withdrawn].into_iter().find(|choice| choice.as_str() == name)
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
