//! What one widget is told: whether it is asked, what stands in it and what is to be said about it. Set only when it
//! changes.

use super::pen::Pen;
use crate::forms::{ActState, Input, Standing};
use leptos::prelude::*;
use skolstart_shared::Violation;
use skolstart_shared::form::FieldKey;

/// Row and column, for each level of rows from the outside in. Empty: the field itself.
pub(super) type Cells = Vec<(usize, String)>;

/// See the module. The signals end with the widget.
#[derive(Clone)]
pub(super) struct Watch {
    pub(super) field: FieldKey,
    pub(super) cells: Cells,
    pub(super) path: String,
    pub(super) shown: RwSignal<bool>,
    pub(super) input: RwSignal<Option<Input>>,
    pub(super) said: RwSignal<Option<Violation>>,
}

impl Watch {
    pub(super) fn new(field: &FieldKey, cells: Cells) -> Self {
        let mut path = field.as_str().to_owned();
        for (row, column) in &cells {
            path = [&path, ".", &row.to_string(), ".", column].concat();
        }
        Self {
            field: field.clone(),
            cells,
            path,
            shown: RwSignal::new(true),
            input: RwSignal::new(None),
            said: RwSignal::new(None),
        }
    }

    /// Tells the widget what has changed for it.
    pub(super) fn tell(&self, pen: Pen, act: &ActState<'_>, standing: &Standing) {
        put(self.shown, &standing.is_visible(&self.path));
        let input = input_at(act, &self.field, &self.cells);
        // Rows are drawn again by those who change them.
        if !matches!(input, Some(Input::Rows(_))) && self.input.with_untracked(|now| now.as_ref() != input) {
            self.input.set(input.cloned());
        }
        put(self.said, &pen.to_say(&self.path, standing));
    }
}

fn put<T: Clone + PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: &T) {
    if signal.with_untracked(|now| now != value) {
        signal.set(value.clone());
    }
}

/// What stands in a field or a cell of rows.
pub(super) fn input_at<'a>(act: &ActState<'a>, field: &FieldKey, cells: &Cells) -> Option<&'a Input> {
    let mut input = act.field(field).input?;
    for (row, column) in cells {
        input = input.rows().get(*row)?.get(column)?;
    }
    Some(input)
}
