//! The municipality's forms and what they ask for: the inventory, the overlap between forms, what digital forms save, and
//! which changes of the element catalogue are safe.
//!
//! Owns the rules; called by the server's inventory use cases and by the staff program. Must not know a person: nothing
//! here is about anybody.

mod catalogue_edit;
mod overlap;
mod paper_form;
mod saved;

pub use catalogue_edit::check_element;
pub use overlap::{FormColumn, Overlap, OverlapRow, elements_of, overlap};
pub use paper_form::{Number, PaperForm, code_of};
pub use saved::{Saved, saved};
