//! Fields of forms: few shapes for all kinds, on the element builder instead of `view!`, because these widgets are what a
//! guardian's download consists of otherwise (docs: what a kilobyte costs).
//!
//! Called by the guardian's pages. Must not: know a form, a text or a rule: texts and answers arrive as properties.
//! Widgets are built once and hidden by `hidden`; building them again for each change would leak memory.

mod consent;
mod frame;
mod options;
mod parts;
mod rows;
mod text;

pub use super::{El, Host, follow, link, redrawn};
pub use consent::{Consent, consent};
pub use frame::{Frame, Wrong, id_of};
pub use options::{Choosing, OptionText, options};
pub use parts::{choose, fault, labelled, list, output, part, reading};
pub use rows::{Remove, RowTexts, RowsControl, rows};
pub use text::{TextKind, text};
