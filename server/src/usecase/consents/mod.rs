//! Consents: what stands, what shows it, and what staff may look up.
//!
//! Owns how the shared derivation is asked about children here. Called by the pages, by the submitting of answers and by the
//! handlers of consents. Must not know any form by name, and must not let a protected child out of its unit's principal.

mod pictures;
mod read;
mod receipt;
mod rules;
mod take_down;

pub use pictures::{TakenOut, list_title, picture_children, picture_list, pictures};
pub use read::read;
pub use receipt::{ReceiptError, receipt, verify};
pub(super) use rules::{Rules, about};
pub(super) use take_down::told_of;
pub use take_down::{TakeDownError, take_down, told};
