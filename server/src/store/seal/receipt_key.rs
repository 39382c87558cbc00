use super::key_file::{hex, read, unhex};
use super::sealer::Signed;
use super::{KeyFileError, Sealer};
use std::path::Path;

/// The key that receipts are signed with. Derived from the key file, so nothing more has to be kept.
#[derive(Clone, Debug)]
pub struct ReceiptKey(Sealer);

impl ReceiptKey {
    pub(in crate::store) fn of(sealer: &Sealer) -> Self {
        Self(sealer.clone())
    }

    /// The key of a key file, without a database: to verify a receipt anywhere.
    ///
    /// # Errors
    /// See [`KeyFileError`].
    pub fn of_file(file: &Path) -> Result<Self, KeyFileError> {
        let malformed = |_| KeyFileError::Malformed(file.to_owned());
        Ok(Self(Sealer::new(&read(file)?).map_err(malformed)?))
    }

    /// The public key that signs now, in hex.
    pub fn public(&self) -> String {
        self.all_public().into_iter().next().unwrap_or_default()
    }

    /// That one, and those before it.
    pub fn all_public(&self) -> Vec<String> {
        self.0.public_keys(Signed::Receipt).iter().map(|key| hex(key)).collect()
    }

    /// A signature over these bytes, in hex.
    pub fn sign(&self, message: &[u8]) -> String {
        hex(&self.0.sign(Signed::Receipt, message))
    }

    /// True when this key signed exactly these bytes.
    pub fn has_signed(&self, message: &[u8], signature: &str) -> bool {
        unhex::<64>(signature)
            .is_some_and(|signature| self.0.has_signed(Signed::Receipt, message, &signature))
    }
}
