//! The place of one input: a field of the act, or a column of one of its rows.

use super::pen::Pen;
use crate::forms::Input;
use crate::guardian::act_text;
use crate::state::clock;
use skolstart_shared::form::FieldKey;

/// See the module.
#[derive(Clone)]
pub(super) struct Slot {
    pub(super) pen: Pen,
    /// The field of the act.
    pub(super) field: FieldKey,
    /// Row and column.
    pub(super) cell: Option<(usize, String)>,
}

impl Slot {
    /// As in violations.
    pub(super) fn path(&self) -> String {
        match &self.cell {
            Some((row, column)) => [self.field.as_str(), ".", &row.to_string(), ".", column].concat(),
            None => self.field.as_str().to_owned(),
        }
    }

    /// What stands there. Reactive.
    pub(super) fn input(&self) -> Option<Input> {
        self.pen.with(|act| {
            let input = act.field(&self.field).input?;
            match &self.cell {
                Some((row, column)) => input.rows().get(*row)?.get(column).cloned(),
                None => Some(input.clone()),
            }
        })?
    }

    /// Puts something there.
    pub(super) fn put(&self, input: Input) {
        self.pen.answered(&self.field);
        let input = match &self.cell {
            Some((row, column)) => {
                let mut rows = rows_of(self.pen, &self.field);
                if let Some(row) = rows.get_mut(*row) {
                    row.insert(column.clone(), input);
                }
                Input::Rows(rows)
            }
            None => input,
        };
        put(self.pen, &self.field, input);
    }

    /// What is to be said about it now.
    pub(super) fn wrong(&self) -> Box<dyn Fn() -> Option<String>> {
        let (pen, path) = (self.pen, self.path());
        Box::new(move || pen.said_about(&path).as_ref().map(act_text::fault))
    }
}

/// Puts an answer to a field of the act.
pub(super) fn put(pen: Pen, field: &FieldKey, input: Input) {
    let step = pen.step();
    pen.work.change(|session| session.set(&step, field, input, clock::now()));
}

/// The rows of a field as they stand.
pub(super) fn rows_of(pen: Pen, field: &FieldKey) -> Vec<std::collections::BTreeMap<String, Input>> {
    leptos::prelude::untrack(|| {
        pen.with(|act| act.field(field).input.map(|input| input.rows().to_vec()).unwrap_or_default())
            .unwrap_or_default()
    })
}
