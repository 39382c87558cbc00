//! A guardian sends answers.
//!
//! Owns what is accepted and what follows from it: facts, decisions, how values stand to what was known. Called by the
//! handler of `PUT /api/submissions/{id}`. The writing itself, counters and receipt belong to the store.

mod check;
mod consents;
mod facts;
mod plan;
mod set_in_motion;

use crate::policy::{self, Object, Principal};
use crate::store::{Store, StoreError, Submitted};
use sha2::{Digest, Sha256};
use skolstart_shared::Violation;
use skolstart_shared::api::Conflict;
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::submission::{ContentHash, SubmissionIn};
use std::collections::BTreeSet;

/// A receipt as JSON, byte for byte as it was given the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptBytes(pub String);

/// Why a submission was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The round, the form, the child or the submission does not exist for the sender.
    #[error("not found")]
    NotFound,
    /// The id was sent before with another content, or the hash is not the content's.
    #[error("another content under the same id")]
    HashMismatch,
    /// The round is not open, and this is neither a change of an earlier answer nor a no to a consent.
    #[error("the round is closed")]
    Closed,
    /// Known values have changed since they were shown.
    #[error("based on values that have changed")]
    Stale(Vec<Conflict>),
    /// Answers break rules.
    #[error("answers break rules")]
    Invalid(Vec<Violation>),
    /// Not written; the same submission may be sent again.
    #[error("busy")]
    Busy,
    /// Something is broken here. The log has it.
    #[error("internal")]
    Internal,
}

impl From<StoreError> for SubmitError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy | StoreError::Collision => Self::Busy,
            other => {
                tracing::error!(error = %other, "submission not stored");
                Self::Internal
            }
        }
    }
}

/// How often a submission is checked anew because somebody else changed what it builds on.
const TRIES: usize = 4;

/// Takes a submission whole, or not at all. Answers after the durable commit. The same id and content again gives the same
/// receipt.
///
/// # Errors
/// See [`SubmitError`].
pub async fn submit(
    store: &Store,
    principal: &Principal,
    id: SubmissionId,
    input: SubmissionIn,
) -> Result<ReceiptBytes, SubmitError> {
    let content = input.content.canonical_bytes().map_err(|_| SubmitError::Internal)?;
    let hash = ContentHash::of_digest(&Sha256::digest(&content));
    if hash != input.hash {
        return Err(SubmitError::HashMismatch);
    }
    for _ in 0..TRIES {
        let plan = match plan::plan(store, principal, id, &input).await {
            Ok(plan) => plan,
            // What was taken once may break a rule today: the answer is still the first receipt. A plan that holds needs
            // no look at the past, because the writer knows its own.
            Err(refused) => {
                let before = store.sent_before(principal, id).await?;
                if before.is_none() && refused == SubmitError::NotFound {
                    note_foreign(store, principal, &input).await;
                }
                return before.map_or(Err(refused), |before| again(before, &hash));
            }
        };
        match store.submit(plan).await? {
            Submitted::Receipt(receipt) => return Ok(ReceiptBytes(receipt)),
            Submitted::HashMismatch => return Err(SubmitError::HashMismatch),
            Submitted::NotYours => return Err(SubmitError::NotFound),
            Submitted::Moved => {}
        }
    }
    Err(SubmitError::Busy)
}

/// Notes the children that she has named and does not decide for.
async fn note_foreign(store: &Store, principal: &Principal, input: &SubmissionIn) {
    let named: BTreeSet<PersonId> = input.content.acts.iter().filter_map(|act| act.child).collect();
    for child in named.into_iter().filter(|child| !principal.children().contains(child)) {
        policy::refused::<policy::Submit>(store, principal, Object::Child(child)).await;
    }
}

fn again(before: crate::store::SentBefore, hash: &ContentHash) -> Result<ReceiptBytes, SubmitError> {
    match before {
        before if !before.mine => Err(SubmitError::NotFound),
        before if before.hash != *hash => Err(SubmitError::HashMismatch),
        before => Ok(ReceiptBytes(before.receipt)),
    }
}
