//! Files sealed to a public key, in the format of age (age-encryption.org/v1, X25519 recipients): who writes them cannot read them
//! again, and the tool `age` opens them without us.
//!
//! Owns keys, header and the stream of chunks. Called by the commands that back up and restore. Must not know what is in a
//! file. The crate `age` is not used because it brings fifty crates, among them a framework for translations and the former
//! versions of those that seal our fields; the format needs X25519 beside what is there already.

mod bech32;
mod chunks;
mod header;
mod keys;

pub use chunks::{Opening, Sealing};
pub use keys::{Identity, Recipient};

/// Why a file cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum AgeError {
    /// The file cannot be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It is not a file of this format, was altered, or ends too early.
    #[error("this is no age file, or it was altered or cut off")]
    Broken,
    /// None of the recipients is this key's.
    #[error("it was not sealed to this key")]
    OtherKey,
    /// A recipient is not `age1…`, or an identity not `AGE-SECRET-KEY-1…`.
    #[error("this is no key of age")]
    NoKey,
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    NoRandomness,
}

impl From<crate::ids::NoRandomness> for AgeError {
    fn from(_: crate::ids::NoRandomness) -> Self {
        Self::NoRandomness
    }
}

#[cfg(test)]
mod tests;
