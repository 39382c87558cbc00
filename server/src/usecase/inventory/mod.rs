//! The element catalogue and the inventory of forms: what the municipality asks for, on what, and how it is changed.
//!
//! Called by the handlers of `api::inventory` and by the demo. Must not read anything about a person.

mod catalogue;
mod columns;
mod file;
mod forms;

pub use catalogue::{change_element, element_history, read_catalogue};
pub use file::{export, import, preview};
pub use forms::{change_form, read_inventory};

use crate::sheet::SheetError;
use crate::store::StoreError;
use skolstart_shared::Violation;

/// Why the inventory was not changed or a file not read.
#[derive(Debug, thiserror::Error)]
pub enum InventoryError {
    /// There is no such element or form.
    #[error("not found")]
    NotFound,
    /// Somebody else has changed it since.
    #[error("changed by somebody else")]
    Stale,
    /// It breaks rules.
    #[error("breaks rules")]
    Invalid(Vec<Violation>),
    /// The file is no spreadsheet of that kind, or holds no column that is known.
    #[error("not a spreadsheet")]
    NotASheet,
    /// The file has too many rows.
    #[error("too large")]
    TooLarge,
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SheetError> for InventoryError {
    fn from(error: SheetError) -> Self {
        match error {
            SheetError::NotASheet | SheetError::NotWritten => Self::NotASheet,
            SheetError::TooLarge => Self::TooLarge,
        }
    }
}
