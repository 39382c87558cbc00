//! Binds the fields of a form definition to widgets: what is known, what is typed, what is wrong. Both programs use it.
//!
//! Every kind of field has its widget here; no field of a particular form does. Must not know whose answers these are or
//! where they are kept: that is a [`Paper`]. Each change works out once how everything stands ([`crate::forms::Standing`]) and
//! tells only the widgets that it concerns, so that a long form is as quick to type in as a short one.
//!
//! A guardian's step is a paper of the guardian program. Anywhere else a [`crate::forms::Sheet`] in a signal is one, with
//! no network and nothing kept on the device:
//!
//! ```ignore
//! know_units(units); // once, if any field asks for a unit
//! let sheet = RwSignal::new(Sheet::new(act, setting).with_known(known));
//! let pen = Pen::new(sheet);
//! view! { <Host element=summary(pen)/> <Host element=form(pen) class="stack"/> };
//! // When the button is pressed: everything that is wrong is said, and the answers come when nothing is.
//! if let Some(answers) = pen.finish() { … }
//! ```
//!
//! `Pen::in_language` draws the form's own texts in another language than the page's, for a preview.

mod build;
mod files;
mod files_kept;
mod files_shown;
mod form;
mod known;
mod lists;
mod options;
mod paper;
mod pen;
mod rare;
mod repeated;
mod schedule;
mod schedule_words;
mod slot;
mod summary;
mod units;
mod upload;
mod watch;
mod words;

pub use files_shown::{files_shown, size};
pub use form::{form, some};
pub use paper::{FileKeeper, Paper};
pub use pen::Pen;
pub use rare::take_rare_fields;
pub use schedule_words::times as schedule_times;
pub use summary::{focus_summary, summary};
pub use units::know_units;
pub use upload::{arrives, forget_uploads};
pub use words::{fault, from, line, lines, since, yes_no};
