use crate::store::StoreError;

/// Why something cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It does not exist for this person.
    #[error("not found")]
    NotFound,
    /// It could not be read, or the reading not noted.
    #[error(transparent)]
    Store(#[from] StoreError),
}
