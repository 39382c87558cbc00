//! Sealing of single fields, and the key that does it.
//!
//! Owns the key file, XChaCha20-Poly1305 per field, the keyed blind index and the signing
//! of receipts and checkpoints. Called by the store's own modules. Must not
//! let a key or a plain value into Debug, an error or a log.

mod key_file;
mod receipt_key;
mod sealer;

pub use key_file::KeyFileError;
pub(in crate::store) use key_file::{Former, KeyFile, create, exists, hex, new_key, read, replace, unhex};
pub use receipt_key::ReceiptKey;
pub(in crate::store) use sealer::{Sealer, Signed};
