//! Building forms: drafts, what must hold before one is published, and publishing by four eyes.
//!
//! Called by the handlers of `api::builder`. Must not read anything about a person, and must not change what is published.

mod drafts;
mod file;
mod review;
mod xlsform;

pub use drafts::{discard, list, published_form, read_draft, save};
pub use file::read_file;
pub use review::review;

use crate::store::StoreError;
use skolstart_shared::Violation;

/// Why a draft was not read, saved or published.
#[derive(Debug, thiserror::Error)]
pub enum BuilderError {
    /// There is no such draft or form.
    #[error("not found")]
    NotFound,
    /// Somebody else has changed it since.
    #[error("changed by somebody else")]
    Stale,
    /// It is published or thrown away.
    #[error("closed")]
    Closed,
    /// It needs somebody else than the one who asked.
    #[error("four eyes")]
    SamePerson,
    /// The id was used before for something else.
    #[error("another step under the same id")]
    Other,
    /// It breaks rules.
    #[error("breaks rules")]
    Invalid(Vec<Violation>),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}
