//! The units that an answer can name. One list per page, as with the language in use: values are put in words in places
//! that have no form at hand.

use skolstart_shared::api::UnitOption;
use std::cell::RefCell;

thread_local! {
    static UNITS: RefCell<Vec<UnitOption>> = const { RefCell::new(Vec::new()) };
}

/// Takes the list that came from the school. Before fields are drawn.
pub fn know_units(units: Vec<UnitOption>) {
    UNITS.set(units);
}

pub(super) fn units() -> Vec<UnitOption> {
    UNITS.with_borrow(Clone::clone)
}

/// What a unit is called. Empty: it is not on the list any more.
pub(super) fn unit_name(id: &str) -> String {
    UNITS.with_borrow(|units| {
        let unit = units.iter().find(|unit| unit.id.to_string() == id);
        unit.map(|unit| unit.name.clone()).unwrap_or_default()
    })
}
