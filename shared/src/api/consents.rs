use super::endpoint::{Nothing, endpoints};
use super::guardian::{Part, PurposeState};
use crate::consent::{ConsentChoice, Identified, SignedReceipt};
use crate::date::Timestamp;
use crate::form::{ActKey, FieldKey, FormRef};
use crate::id::PersonId;
use crate::locale::Locale;
use crate::submission::ContentHash;
use serde::{Deserialize, Serialize};

endpoints! {
    /// What stands about a child's consents, and what shows how each of them was given or refused.
    GetConsents = Get "/api/guardian/children/{child}/consents" ReadOwnSubmissions (PersonId) Nothing => ConsentsOut;
    /// The signed receipt of one of the guardian's own decisions.
    GetConsentReceipt = Get "/api/guardian/children/{child}/consents/{record}" ReadOwnSubmissions ((PersonId, i64)) Nothing => SignedReceipt;
}

/// A child's consents. Texts are in the language of the request, unless they say what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentsOut {
    /// What is asked now, or has been decided before, one for each purpose and channel.
    pub purposes: Vec<ConsentOut>,
}

/// One purpose and channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentOut {
    /// The form in the version that is asked now.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// The channel.
    pub field: FieldKey,
    /// What the act is called.
    pub title: String,
    /// What the channel is called.
    pub label: String,
    /// What she said and what stands.
    pub state: PurposeState,
    /// All decisions, newest first.
    pub records: Vec<ConsentRecordOut>,
}

/// One decision, with what shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentRecordOut {
    /// When the school received it.
    pub at: Timestamp,
    /// Who decided, without a name.
    pub by: Part,
    /// The pupil decided, not a guardian.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pupil: bool,
    /// What.
    pub choice: ConsentChoice,
    /// How it was made sure who it was.
    pub identified: Identified,
    /// What only the one who decided is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnRecordOut>,
}

/// What was read before a decision, and where its receipt is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnRecordOut {
    /// The number of the record, for its receipt.
    pub record: i64,
    /// The version of the form.
    pub version: u32,
    /// The language, where it was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    /// SHA-256 of the text, where it was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<ContentHash>,
    /// The limit that was set, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The text, line by line.
    pub text: Vec<String>,
}
