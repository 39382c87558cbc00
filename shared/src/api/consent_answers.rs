use super::endpoint::{Nothing, endpoints};
use crate::Map;
use crate::consent::ConsentChoice;
use crate::date::{Date, Timestamp};
use crate::form::{ActKey, FieldKey, FormRef};
use crate::id::{ChangeId, PersonId};
use crate::locale::Locale;
use serde::{Deserialize, Serialize};

endpoints! {
    /// Takes down what somebody has answered about a child's consents on paper or in words. The same id and content again changes nothing.
    PutConsentAnswer = Put "/api/staff/children/{child}/consent-answers/{answer}" RecordConsent ((PersonId, ChangeId)) ConsentAnswerIn => Nothing;
    /// The guardian has read that the school took down an answer of hers. The same twice is the same as once.
    PutConsentAnswerSeen = Put "/api/guardian/consent-answers/{answer}" Submit (ChangeId) ConsentAnswerSeenIn => Nothing;
}

/// What a guardian says when she has read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsentAnswerSeenIn {
    /// The child that it is about.
    pub child: PersonId,
}

/// How somebody answered who did not answer in the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AnswerWay {
    /// Signed on paper, and staff have the paper.
    Paper,
    /// Said to staff, who know the person.
    Spoken,
}

/// What somebody said about one purpose.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SaidConsent {
    /// Yes.
    Yes,
    /// Yes, with this limit.
    Limited(String),
    /// No.
    No,
}

impl std::fmt::Debug for SaidConsent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Yes => "Yes",
            Self::Limited(_) => "Limited(…)",
            Self::No => "No",
        })
    }
}

/// What staff take down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsentAnswerIn {
    /// The form in the version whose text was read.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// Who answered: a guardian, or the pupil.
    pub by: PersonId,
    /// What, by channel. What is not here was not answered.
    pub said: Map<FieldKey, SaidConsent>,
    /// How.
    pub way: AnswerWay,
    /// The day on which it was signed or said.
    pub day: Date,
    /// The language of the text.
    pub locale: Locale,
    /// Where the paper is kept, or who was there.
    pub kept: String,
}

/// What staff see who may take down answers to an act of consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnswerableOut {
    /// The form in the version that is asked now.
    pub form: FormRef,
    /// Those whose answer counts, by name.
    pub people: Vec<(PersonId, String)>,
    /// The channels.
    pub channels: Vec<(FieldKey, String)>,
}

/// An answer that the school took down, told to the one who gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakenDownOut {
    /// Its id, to say that it has been read.
    pub id: ChangeId,
    /// The child.
    pub child: PersonId,
    /// When it was taken down.
    pub at: Timestamp,
    /// How she answered.
    pub way: AnswerWay,
    /// On which day.
    pub day: Date,
    /// What the act is called.
    pub title: String,
    /// Each channel by name, and what she is said to have answered.
    pub said: Vec<(String, ConsentChoice)>,
}
