use super::endpoint::{Nothing, endpoints};
use crate::date::Timestamp;
use crate::form::FormDefinition;
use crate::id::SubmissionId;
use crate::receipt::Receipt;
use crate::submission::{SubmissionContent, SubmissionIn};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Takes a submission and answers with its receipt. The same id and content again: the same receipt, byte for byte.
    PutSubmission = Put "/api/submissions/{submission}" Submit (SubmissionId) SubmissionIn => Receipt;
    /// What the caller has sent, newest first.
    ListSubmissions = Get "/api/submissions" ReadOwnSubmissions (()) Nothing => Vec<SubmissionSummary>;
    /// One submission of the caller, as it was sent, with its receipt and the forms in the versions that were answered.
    GetSubmission = Get "/api/submissions/{submission}" ReadOwnSubmissions (SubmissionId) Nothing => SubmissionOut;
}

/// One line of the list of what somebody has sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubmissionSummary {
    /// Its id.
    pub id: SubmissionId,
    /// The number of its receipt.
    pub number: String,
    /// When the server received it.
    pub received: Timestamp,
    /// How many acts it answered.
    pub acts: u16,
}

/// A submission as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubmissionOut {
    /// The receipt.
    pub receipt: Receipt,
    /// What was sent.
    pub content: SubmissionContent,
    /// The forms in the versions that were answered, in the language of the request.
    pub forms: Vec<FormDefinition>,
}
