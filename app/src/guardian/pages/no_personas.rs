//! In a release nobody is anybody else: what `personas` offers in a demo, with nothing in it.

use crate::ui::El;

/// Nobody.
pub(super) struct Personas;

impl Personas {
    /// Asks nobody.
    #[allow(clippy::unused_async, reason = "as in a demo, where it asks the server")]
    pub(super) async fn ask() -> Self {
        Self
    }

    /// There is nobody to be.
    pub(super) fn is_empty(&self) -> bool {
        true
    }

    /// Nothing to choose from.
    pub(super) fn list(&self) -> El {
        El::several()
    }
}
