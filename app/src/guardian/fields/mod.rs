//! Binds the fields of a form definition to widgets: what is known, what is typed, what is wrong.
//!
//! Called by the page of a step. Every kind of field has its widget here; no field of a particular form does.

mod build;
mod known;
mod pen;
mod repeated;
mod slot;

pub(super) use build::field;
pub(super) use known::known;
pub(super) use pen::Pen;
