//! Rows: persons to reach, addresses, lines of a table, rows within rows.

use super::build::shown;
use super::slot::{InputRows, Slot};
use crate::forms::Input;
use crate::i18n::{t, t_with};
use crate::ui::form::{El, Frame, RowTexts, RowsControl, rows};
use crate::ui::{announce, toast_with};
use skolstart_shared::Map;
use skolstart_shared::form::{Field, FieldKind, RowShape};
use std::rc::Rc;

const TEXTS: RowTexts = RowTexts {
    up: |name| t_with("rows.up", &[("name", name)]),
    down: |name| t_with("rows.down", &[("name", name)]),
    remove: |name| t_with("rows.remove", &[("name", name)]),
};

/// A field of rows.
pub(super) fn rows_field(slot: &Slot, frame: &Frame, field: &Field) -> El {
    let FieldKind::Rows { fields, most, add, row, shape, .. } = &field.kind else {
        return El::new("div", "");
    };
    if *most == 1 {
        return group(slot, frame, fields);
    }
    let (columns, what) = (fields.clone(), slot.pen.text(row));
    let (counting, naming, building) = (slot.clone(), slot.clone(), slot.clone());
    let (adding, removing, swapping) = (slot.clone(), slot.clone(), slot.clone());
    let first = fields.first().map(|column| column.key.as_str().to_owned()).unwrap_or_default();
    let name = Rc::new(move |place: usize| name_of(&naming, place, &first, &what));
    let (own_name, called) = (name.clone(), name.clone());
    let control = RowsControl {
        count: Box::new(move || counting.rows().len()),
        name: Box::new(move |place| own_name(place)),
        cells: Box::new(move |place| {
            columns.iter().map(|column| shown(&building.cell(place, &column.key), column)).collect()
        }),
        add: Box::new(move || change(&adding, |rows| rows.push(Map::new()))),
        remove: Box::new(move |place, drawn| remove(&removing, place, &called(place), drawn)),
        swap_up: Box::new(move |place| {
            change(&swapping, |rows| rows.swap(place - 1, place));
            announce(t_with("rows.moved", &[("name", &name(place - 1)), ("place", &place.to_string())]));
        }),
        most: usize::from(*most),
        add_label: slot.pen.text(add),
        texts: TEXTS,
        is_table: *shape == RowShape::Table,
    };
    rows(frame, control, slot.wrong())
}

/// A group that does not repeat.
fn group(slot: &Slot, frame: &Frame, fields: &[Field]) -> El {
    let inside = El::new("div", "row");
    for column in fields {
        inside.add(&shown(&slot.cell(0, &column.key), column));
    }
    frame.around_group(&inside, slot.wrong())
}

fn change(slot: &Slot, how: impl FnOnce(&mut InputRows)) {
    let mut rows = slot.rows();
    how(&mut rows);
    slot.pen.forget_left();
    slot.put(Input::Rows(rows));
}

fn remove(slot: &Slot, place: usize, name: &str, drawn: Rc<dyn Fn()>) {
    let Some(gone) = slot.rows().get(place).cloned() else { return };
    change(slot, |rows| drop(rows.remove(place)));
    let slot = slot.clone();
    toast_with(t_with("rows.removed", &[("name", name)]), t("rows.undo"), move || {
        change(&slot, |rows| rows.insert(place.min(rows.len()), gone.clone()));
        drawn();
    });
}

/// What stands in the first column, else "Person 2".
fn name_of(slot: &Slot, place: usize, first: &str, what: &str) -> String {
    let rows = slot.rows();
    let typed = rows.get(place).and_then(|row| row.get(first)).map(Input::typed).unwrap_or_default().trim();
    if typed.is_empty() { [what, " ", &(place + 1).to_string()].concat() } else { typed.to_owned() }
}
