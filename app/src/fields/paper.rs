//! What a pen writes on: the answers of one act, wherever they are kept.

use crate::forms::{ActState, Doing, Input, Sheet};
use crate::state::clock;
use leptos::prelude::{RwSignal, Update, With};
use skolstart_shared::Violation;
use skolstart_shared::form::FieldKey;

/// See the module.
pub trait Paper {
    /// Shows how the act stands, and lets the reader follow it. Shows nothing when the act is gone.
    fn read(&self, read: &mut dyn FnMut(&ActState<'_>));

    /// Does something with a field.
    fn write(&self, field: &FieldKey, doing: Doing);

    /// The answers to a field that were given for siblings, each with the sibling's name.
    fn siblings(&self, _field: &FieldKey) -> Vec<(String, Input)> {
        Vec::new()
    }

    /// What has been asked about the answer to a field, by those who read it.
    fn asked(&self, _field: &FieldKey) -> Option<String> {
        None
    }

    /// What the server has refused and has not been changed since. Followed by the reader.
    fn refused(&self) -> Vec<Violation> {
        Vec::new()
    }
}

impl Paper for RwSignal<Sheet> {
    fn read(&self, read: &mut dyn FnMut(&ActState<'_>)) {
        self.with(|sheet| read(&sheet.state()));
    }

    fn write(&self, field: &FieldKey, doing: Doing) {
        self.update(|sheet| sheet.write(field, doing, clock::now()));
    }
}
