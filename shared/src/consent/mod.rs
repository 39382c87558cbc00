//! Consents: an append-only history of decisions, and the one function that derives what stands.
//!
//! Owns the rule that one "no" wins and that silence is no, and what a text has to say to be the same text. Nothing stores a
//! standing consent as a fact of its own.

mod case;
mod decision;
mod receipt;
mod say;
mod standing;
mod wording;

pub use case::ConsentCase;
pub use decision::{ConsentChoice, ConsentDecision, ConsentPurpose, Identified};
pub use receipt::{
    ConsentReceipt, PiiProcessing, RECEIPT_ALGORITHM, RECEIPT_SCHEMA, ReceiptEvent, ReceiptParty,
    ReceiptPurpose, ReceiptSignature, SignedReceipt,
};
pub use say::PupilSay;
pub use standing::{Standing, WaitsFor, standing};
pub use wording::{consent_text, same_meaning};
