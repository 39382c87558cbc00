//! The widgets of kinds that few forms have. They are large and come with the later part of a program.

use super::files::files;
use super::schedule::schedule;
use super::slot::Slot;
use crate::later::later;
use crate::ui::form::{El, Frame};
use skolstart_shared::form::{Field, FieldKind};
use std::cell::Cell;

type Widget = fn(&Slot, Frame, &Field) -> El;

thread_local! {
    static RARE: Cell<Option<Widget>> = const { Cell::new(None) };
}

/// Takes the widgets in. Called by what is fetched later, or by a program that has everything at once.
pub fn take_rare_fields() {
    RARE.set(Some(rare));
}

/// The widget, at once or when it has come.
pub(super) fn rare_field(slot: &Slot, frame: Frame, field: &Field) -> El {
    let (slot, field) = (slot.clone(), field.clone());
    later(
        |waiting| waiting,
        move || RARE.get().map_or_else(El::several, |rare| rare(&slot, frame.clone(), &field)),
    )
}

fn rare(slot: &Slot, frame: Frame, field: &Field) -> El {
    match &field.kind {
        FieldKind::Schedule { .. } => schedule(slot, &frame, &field.kind),
        FieldKind::Files { most, megabytes, types } => files(slot, frame, *most, *megabytes, types),
        _ => El::several(),
    }
}
