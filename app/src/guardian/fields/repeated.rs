//! Rows: persons to reach, who may collect.

use super::build::widget;
use super::slot::{Slot, put, rows_of};
use crate::forms::Input;
use crate::i18n::{locale, t, t_with};
use crate::ui::form::{El, Frame, RowTexts, RowsControl, rows};
use crate::ui::{announce, toast_with};
use leptos::prelude::Update;
use skolstart_shared::form::{Field, FieldKind};
use std::collections::BTreeMap;
use std::rc::Rc;

const TEXTS: RowTexts = RowTexts {
    up: |name| t_with("rows.up", &[("name", name)]),
    down: |name| t_with("rows.down", &[("name", name)]),
    remove: |name| t_with("rows.remove", &[("name", name)]),
};

/// A field of rows.
pub(super) fn rows_field(slot: &Slot, frame: &Frame, field: &Field) -> El {
    let FieldKind::Rows { fields, most, add, row, .. } = &field.kind else { return El::new("div", "") };
    // A first row is there to be filled in: one tap less.
    if rows_of(slot.pen, &slot.field).is_empty() {
        leptos::prelude::untrack(|| start_with_one(slot));
    }
    let (columns, what) = (fields.clone(), row.get(locale()).to_owned());
    let (counting, naming, building) = (slot.clone(), slot.clone(), slot.clone());
    let (adding, removing, swapping) = (slot.clone(), slot.clone(), slot.clone());
    let first = fields.first().map(|column| column.key.as_str().to_owned()).unwrap_or_default();
    let name = Rc::new(move |place: usize| name_of(&naming, place, &first, &what));
    let (own_name, called) = (name.clone(), name.clone());
    let control = RowsControl {
        count: Box::new(move || rows_of(counting.pen, &counting.field).len()),
        name: Box::new(move |place| own_name(place)),
        cells: Box::new(move |place| {
            let cell = |column: &Field| {
                let cell = Some((place, column.key.as_str().to_owned()));
                widget(&Slot { cell, ..building.clone() }, column)
            };
            columns.iter().map(cell).collect()
        }),
        add: Box::new(move || change(&adding, |rows| rows.push(BTreeMap::new()))),
        remove: Box::new(move |place, drawn| remove(&removing, place, &called(place), drawn)),
        swap_up: Box::new(move |place| {
            change(&swapping, |rows| rows.swap(place - 1, place));
            announce(t_with("rows.moved", &[("name", &name(place - 1)), ("place", &place.to_string())]));
        }),
        most: usize::from(*most),
        add_label: add.get(locale()).to_owned(),
        texts: TEXTS,
    };
    rows(frame, control, slot.wrong())
}

fn start_with_one(slot: &Slot) {
    // Only on the screen until something is typed in it: an empty row is no answer.
    slot.pen.work.session.maybe_update(|session| {
        if let Some(session) = session {
            let done = session.draft.field_mut(&slot.pen.step(), &slot.field);
            done.input = Some(Input::Rows(vec![BTreeMap::new()]));
        }
        false
    });
}

fn change(slot: &Slot, how: impl FnOnce(&mut Vec<BTreeMap<String, Input>>)) {
    let mut rows = rows_of(slot.pen, &slot.field);
    how(&mut rows);
    slot.pen.forget_left();
    put(slot.pen, &slot.field, Input::Rows(rows));
}

fn remove(slot: &Slot, place: usize, name: &str, drawn: Rc<dyn Fn()>) {
    let Some(gone) = rows_of(slot.pen, &slot.field).get(place).cloned() else { return };
    change(slot, |rows| drop(rows.remove(place)));
    let slot = slot.clone();
    toast_with(t_with("rows.removed", &[("name", name)]), t("rows.undo"), move || {
        change(&slot, |rows| rows.insert(place.min(rows.len()), gone.clone()));
        drawn();
    });
}

/// What stands in the first column, else "Person 2".
fn name_of(slot: &Slot, place: usize, first: &str, what: &str) -> String {
    let rows = rows_of(slot.pen, &slot.field);
    let typed = rows.get(place).and_then(|row| row.get(first)).map(Input::typed).unwrap_or_default().trim();
    if typed.is_empty() { [what, " ", &(place + 1).to_string()].concat() } else { typed.to_owned() }
}
