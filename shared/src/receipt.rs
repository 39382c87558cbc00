//! The receipt: proof that the school has received, given only after a durable commit.
//!
//! Owns its shape and its number. Stored as bytes and sent again as the same bytes. Must not hold names or answers: a
//! receipt is printed, forwarded and photographed.

use crate::date::Timestamp;
use crate::form::{ActKey, FormRef};
use crate::id::{PersonId, SubmissionId};
use crate::round::TaskStatus;
use crate::submission::ContentHash;
use serde::{Deserialize, Serialize};

/// What came of one act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReceiptAct {
    /// The form.
    pub form: FormRef,
    /// The act.
    pub act: ActKey,
    /// The child, or nobody for what concerns the guardian.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child: Option<PersonId>,
    /// The status after this submission.
    pub status: TaskStatus,
    /// How many other guardians still have to answer.
    pub others_left: u8,
}

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// The number to quote to the school: `K7M4-2Q9T`.
    pub number: String,
    /// What it is a receipt for.
    pub submission: SubmissionId,
    /// When the server had stored it.
    pub received: Timestamp,
    /// The hash of what was received.
    pub hash: ContentHash,
    /// What came of each act.
    pub acts: Vec<ReceiptAct>,
    /// Values that were known and confirmed.
    pub confirmed: u16,
    /// Values that were known and changed.
    pub changed: u16,
    /// Values that were not known before.
    pub new: u16,
}

/// Letters and digits that are not mistaken for each other on paper or over the telephone (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number of the receipt for a submission: 40 bits of the id's random part, so that it needs no counter shared by
/// several servers and says nothing about how many there are.
pub fn receipt_number(submission: SubmissionId) -> String {
    let mut bits = submission.0.as_u128();
    let mut number = String::with_capacity(9);
    for place in 0..8 {
        if place == 4 {
            number.push('-');
        }
        number.push(char::from(ALPHABET[(bits & 31) as usize]));
        bits >>= 5;
    }
    number
}
