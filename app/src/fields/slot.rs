//! The place of one input: a field of the act, or a cell of its rows.

use super::pen::Pen;
use super::watch::{Cells, Watch, input_at};
use crate::forms::{Input, Parts};
use leptos::prelude::*;
use skolstart_shared::Map;
use skolstart_shared::form::FieldKey;

/// Rows as they are typed.
pub(super) type InputRows = Vec<Map<String, Input>>;

/// See the module. Made under the reactive owner of its widget.
#[derive(Clone)]
pub(super) struct Slot {
    pub(super) pen: Pen,
    watch: Watch,
}

impl Slot {
    /// The place of a field of the act.
    pub(super) fn of_field(pen: Pen, field: &FieldKey) -> Self {
        Self::at(pen, field, Cells::new())
    }

    /// The place of a column in a row of the rows here.
    pub(super) fn cell(&self, row: usize, column: &FieldKey) -> Self {
        let mut cells = self.watch.cells.clone();
        cells.push((row, column.as_str().to_owned()));
        Self::at(self.pen, &self.watch.field, cells)
    }

    fn at(pen: Pen, field: &FieldKey, cells: Cells) -> Self {
        let watch = Watch::new(field, cells);
        pen.watch(watch.clone());
        Self { pen, watch }
    }

    /// The field of the act.
    pub(super) fn field(&self) -> &FieldKey {
        &self.watch.field
    }

    /// True within rows.
    pub(super) fn is_cell(&self) -> bool {
        !self.watch.cells.is_empty()
    }

    /// As in violations.
    pub(super) fn path(&self) -> &str {
        &self.watch.path
    }

    /// True while it is asked. Reactive.
    pub(super) fn is_shown(&self) -> bool {
        self.watch.shown.get()
    }

    /// What stands there. Reactive; rows are read by [`Self::rows`].
    pub(super) fn input(&self) -> Option<Input> {
        self.watch.input.get()
    }

    /// What stands there, without following it.
    pub(super) fn input_now(&self) -> Option<Input> {
        self.watch.input.get_untracked()
    }

    /// The inputs that stand there. Reactive.
    pub(super) fn parts(&self) -> Parts {
        parts_of(self.input())
    }

    /// The inputs that stand there, without following them.
    pub(super) fn parts_now(&self) -> Parts {
        parts_of(self.input_now())
    }

    /// One of the inputs that stand there. Reactive.
    pub(super) fn part(&self, name: &str) -> String {
        self.watch.input.with(|input| part_of(input.as_ref(), name))
    }

    /// One of the inputs that stand there, without following it.
    pub(super) fn part_now(&self, name: &str) -> String {
        self.watch.input.with_untracked(|input| part_of(input.as_ref(), name))
    }

    /// Puts all inputs there.
    pub(super) fn put_parts(&self, parts: Parts) {
        self.put(Input::Parts(parts));
    }

    /// Puts one of the inputs there.
    pub(super) fn put_part(&self, name: &str, typed: String) {
        // As the paper has it: what the widget was told may be older than the last key.
        let now = self.pen.with(|act| input_at(act, &self.watch.field, &self.watch.cells).cloned()).flatten();
        let mut parts = parts_of(now);
        parts.insert(name.to_owned(), typed);
        self.put_parts(parts);
    }

    /// What is to be said now about one of the inputs, or a part of it. Reactive.
    pub(super) fn wrong_under(&self, name: &str) -> Box<dyn Fn() -> Option<String>> {
        let (pen, path) = (self.pen, [self.path(), name].concat());
        Box::new(move || pen.said_under(&path).map(|violation| pen.fault(&violation)))
    }

    /// What stands there, as text.
    pub(super) fn typed_now(&self) -> String {
        self.watch
            .input
            .with_untracked(|input| input.as_ref().map(Input::typed).unwrap_or_default().to_owned())
    }

    /// Puts something there.
    pub(super) fn put(&self, input: Input) {
        let Watch { field, cells, .. } = &self.watch;
        let whole = match cells.is_empty() {
            true => input,
            false => {
                let now = self.pen.with(|act| act.field(field).input.cloned()).flatten();
                put_in(now, cells, input)
            }
        };
        self.pen.put(field, whole);
    }

    /// What is to be said about it now. Reactive.
    pub(super) fn wrong(&self) -> Box<dyn Fn() -> Option<String>> {
        let (pen, said) = (self.pen, self.watch.said);
        Box::new(move || said.get().map(|violation| pen.fault(&violation)))
    }

    /// Somebody has left it.
    pub(super) fn leave(&self) {
        self.pen.leave(&self.watch.path);
    }

    /// The rows that stand there; one blank row while nothing has been said, so that it can be filled in at once.
    pub(super) fn rows(&self) -> InputRows {
        let Watch { field, cells, .. } = &self.watch;
        let rows = self.pen.with(|act| input_at(act, field, cells).map(|input| input.rows().to_vec()));
        rows.flatten().unwrap_or_else(|| vec![Map::new()])
    }
}

fn parts_of(input: Option<Input>) -> Parts {
    match input {
        Some(Input::Parts(parts)) => parts,
        _ => Parts::new(),
    }
}

fn part_of(input: Option<&Input>, name: &str) -> String {
    match input {
        Some(Input::Parts(parts)) => parts.get(name).cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

/// The input of a field after one of its cells has changed.
fn put_in(now: Option<Input>, cells: &[(usize, String)], input: Input) -> Input {
    let Some(((row, column), deeper)) = cells.split_first() else { return input };
    let mut rows = match now {
        Some(Input::Rows(rows)) => rows,
        _ => Vec::new(),
    };
    // The blank row that is only on the screen becomes a row.
    while rows.len() <= *row {
        rows.push(Map::new());
    }
    let before = rows[*row].get(column).cloned();
    rows[*row].insert(column.clone(), put_in(before, deeper, input));
    Input::Rows(rows)
}
