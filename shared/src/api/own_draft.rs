use super::endpoint::{Nothing, endpoints};
use crate::date::Timestamp;
use serde::{Deserialize, Serialize};

endpoints! {
    /// What the caller has begun to answer and not sent, as it was kept last.
    GetOwnDraft = Get "/api/guardian/draft" ReadHome (()) Nothing => OwnDraftOut;
    /// Keeps what the caller has begun to answer, upon what was kept before. The same again changes nothing.
    PutOwnDraft = Put "/api/guardian/draft" Submit (()) OwnDraftIn => OwnDraftSaved;
    /// Forgets what the caller has begun to answer.
    DeleteOwnDraft = Delete "/api/guardian/draft" Submit (()) Nothing => Nothing;
}

/// What somebody has begun to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnDraftIn {
    /// When that was kept which this one stands on. `None`: nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Timestamp>,
    /// The draft, as the program writes it. Nobody else reads it.
    pub record: String,
}

/// That it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnDraftSaved {
    /// Since when: what the next one stands on.
    pub at: Timestamp,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnDraftOut {
    /// Since when. `None`: nothing is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The draft. Empty when nothing is kept.
    #[serde(default)]
    pub record: String,
}
