//! What the staff program reads, and what staff change.

mod change;
mod child;
mod child_history;
mod collecting;
mod consent_answer;
mod group;
mod pictures;
mod readers;
mod substitutes;
mod units;

pub(in crate::http) use change::change;
pub(in crate::http) use child::child;
pub(in crate::http) use child_history::child_history;
pub(in crate::http) use collecting::collecting;
pub(in crate::http) use consent_answer::consent_answer;
pub(in crate::http) use group::group;
pub(in crate::http) use pictures::pictures;
pub(in crate::http) use readers::readers;
pub(in crate::http) use substitutes::{substitute, substitutes};
pub(in crate::http) use units::units;
