//! The receipt of one decision, with the fields of ISO/IEC TS 27560:2023. The server makes and signs it; nobody else has to
//! know this program to read or to verify it.

use super::decision::Identified;
use crate::date::{Date, Timestamp};
use crate::id::PersonId;
use crate::locale::Locale;
use serde::{Deserialize, Serialize};

/// What `schema_version` says.
pub const RECEIPT_SCHEMA: &str = "ISO/IEC TS 27560:2023, skolstart 1";
/// What `algorithm` says (RFC 8032).
pub const RECEIPT_ALGORITHM: &str = "Ed25519";

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)*
        }
    )*};
}

parts! {
    /// A receipt with its signature.
    SignedReceipt {
        /// What is signed: its JSON without spaces, members in this order.
        receipt: ConsentReceipt,
        /// The signature.
        signature: ReceiptSignature,
    }
    /// See [`SignedReceipt`].
    ReceiptSignature {
        /// [`RECEIPT_ALGORITHM`].
        algorithm: String,
        /// The public key, in hex.
        public_key: String,
        /// The signature, in hex.
        value: String,
    }
    /// One decision.
    ConsentReceipt {
        /// [`RECEIPT_SCHEMA`].
        schema_version: String,
        /// Names the receipt.
        receipt_id: String,
        /// Names the record that it is of.
        record_id: String,
        /// The child, by an id that means nothing outside.
        pii_principal_id: PersonId,
        /// What is done with which data, why and by whom.
        pii_processing: PiiProcessing,
        /// Those who have to do with it.
        party_identification: Vec<ReceiptParty>,
        /// What happened.
        event: Vec<ReceiptEvent>,
    }
    /// What was consented to.
    PiiProcessing {
        /// The exact text, line by line.
        privacy_notice: Vec<String>,
        /// SHA-256 of the text with its lines joined by a line feed. `None`: not noted then.
        privacy_notice_sha256: Option<String>,
        /// The form and its version.
        privacy_notice_version: String,
        /// The language that was read.
        language: Locale,
        /// What for.
        purposes: Vec<ReceiptPurpose>,
        /// The country.
        jurisdiction: String,
        /// Whom to complain to.
        authority_party: String,
    }
    /// One purpose.
    ReceiptPurpose {
        /// In words.
        purpose: String,
        /// The name in the program: form, act and channel.
        purpose_type: String,
        /// In law.
        lawful_basis: String,
        /// What data.
        pii_information: Vec<String>,
        /// The controllers, by `party_id`.
        pii_controllers: Vec<String>,
        /// How the answer was collected.
        collection_method: String,
        /// Where it is kept.
        storage_locations: Vec<String>,
        /// How long.
        retention_period: String,
        /// Who gets it.
        recipient_third_parties: Vec<String>,
        /// How to take it back.
        withdrawal_method: String,
        /// What one may demand.
        privacy_rights: Vec<String>,
    }
    /// Somebody.
    ReceiptParty {
        /// By what it is called in the receipt.
        party_id: String,
        /// The name; empty for persons, who know who they are.
        party_name: String,
        /// `controller`, `pii-principal`, `guardian` or `pupil`.
        party_role: String,
        /// `organisation` or `person`.
        party_type: String,
    }
    /// A decision.
    ReceiptEvent {
        /// When the server received it.
        event_time: Timestamp,
        /// The first day on which it does not hold any more, where one is known.
        valid_until: Option<Date>,
        /// Who decided, by `party_id`.
        entity_id: String,
        /// `explicit`.
        event_type: String,
        /// `given`, `limited`, `refused` or `withdrawn`.
        event_state: String,
        /// How it was made sure who decided.
        authentication: Identified,
        /// Staff took it down for the person.
        recorded_by_staff: bool,
    }
}
