//! Sealing of single fields, and the key that does it.
//!
//! Owns the key file, the file of the keys of persons, XChaCha20-Poly1305 per field, the keyed blind index and the signing
//! of receipts and checkpoints. Called by the store's own modules. Must not
//! let a key or a plain value into Debug, an error or a log.

mod key_file;
mod person_file;
mod person_keys;
mod person_keys_error;
mod receipt_key;
mod sealer;
#[cfg(test)]
mod tests;

pub use key_file::KeyFileError;
pub(in crate::store) use key_file::{Former, KeyFile, create, exists, hex, new_key, read, replace, unhex};
pub(in crate::store) use person_keys::{ID, PersonKeys};
pub use person_keys_error::PersonKeysError;
pub use receipt_key::ReceiptKey;
pub(in crate::store) use sealer::{OF_NOBODY, OF_PERSON, Sealer, Signed, sealed_for};

use sealer::BrokenSeal;
