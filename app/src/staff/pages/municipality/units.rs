//! All units in a table that sorts.

use crate::i18n::{number, percent, t, t_with};
use crate::staff::list::order_key;
use crate::ui::{ShareBar, SortHead, SortOrder};
use leptos::prelude::*;
use skolstart_shared::api::{UnitAnswers, UnitFigures};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Children,
    Answered,
    Known,
}

#[component]
pub(super) fn UnitTable(units: Vec<UnitFigures>) -> impl IntoView {
    let sorted_by = RwSignal::new((Column::Name, false));
    let units = StoredValue::new(units);
    let head = move |column: Column, label: String, class: &'static str, span: u8| {
        let order = Signal::derive(move || match sorted_by.get() {
            (by, false) if by == column => SortOrder::Ascending,
            (by, true) if by == column => SortOrder::Descending,
            _ => SortOrder::Not,
        });
        let sort = move || sorted_by.update(|(by, down)| (*by, *down) = (column, *by == column && !*down));
        view! { <SortHead label order sort class span/> }
    };
    let rows = move || {
        let mut sorted = units.get_value();
        sort(&mut sorted, sorted_by.get());
        sorted.into_iter().map(unit_row).collect_view()
    };
    view! {
        <h2 id="all-units">{t("staff.municipality.all-units")}</h2>
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby="all-units">
            <table class="table">
                <thead><tr>
                    {head(Column::Name, t("staff.municipality.unit"), "", 1)}
                    {head(Column::Children, t("staff.municipality.children"), "table__num", 1)}
                    {head(Column::Answered, t("staff.municipality.finished"), "table__share", 2)}
                    {head(Column::Known, t("staff.municipality.known"), "table__share", 2)}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn sort(units: &mut [UnitFigures], (column, descending): (Column, bool)) {
    units.sort_by_cached_key(|unit| order_key(&unit.name));
    match column {
        Column::Name => {}
        Column::Children => units.sort_by_key(|unit| unit.children),
        Column::Answered => units.sort_by_key(answered),
        Column::Known => units.sort_by_key(known),
    }
    if descending {
        units.reverse();
    }
}

/// The share that is done. `None` where that would tell of few.
fn answered(unit: &UnitFigures) -> Option<u64> {
    unit.answers.map(|answers| percent(answers.finished.into(), unit.children.into()))
}

/// The share of the values asked for that were known beforehand, right or not. `None` where that would tell of few.
fn known(unit: &UnitFigures) -> Option<u64> {
    let of = |answers: UnitAnswers| {
        let known = answers.confirmed + answers.changed;
        percent(known, known + answers.new)
    };
    unit.answers.map(of)
}

fn unit_row(unit: UnitFigures) -> impl IntoView {
    let told = |share: Option<u64>| {
        share.map_or_else(
            || t("staff.municipality.few"),
            |percent| t_with("staff.percent", &[("n", &percent.to_string())]),
        )
    };
    let (answered, known) = (answered(&unit), known(&unit));
    view! {
        <tr class="table__row">
            <th scope="row">{unit.name}</th>
            <td class="table__num">{number(unit.children.into())}</td>
            <td class="table__num">{told(answered)}</td>
            <td>{answered.map(|percent| view! { <ShareBar percent/> })}</td>
            <td class="table__num">{told(known)}</td>
            <td>{known.map(|percent| view! { <ShareBar percent known=true/> })}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str, children: u32, finished: u32, new: u64) -> UnitFigures {
        UnitFigures {
            id: "00000000-0000-0000-0000-00000000000a".parse().unwrap(),
            name: name.to_owned(),
            children,
            answers: Some(UnitAnswers { finished, confirmed: 8, changed: 2, new }),
        }
    }

    #[test]
    fn sorts_units_by_each_column() {
        let mut units = [unit("Öskolan", 10, 9, 0), unit("Åskolan", 30, 3, 10), unit("Zetas", 20, 20, 30)];
        let mut by = |column, descending| {
            sort(&mut units, (column, descending));
            units.iter().map(|unit| unit.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(by(Column::Name, false), ["Zetas", "Åskolan", "Öskolan"]);
        assert_eq!(by(Column::Children, true), ["Åskolan", "Zetas", "Öskolan"]);
        assert_eq!(by(Column::Answered, false), ["Åskolan", "Öskolan", "Zetas"]);
        assert_eq!(by(Column::Known, false), ["Zetas", "Åskolan", "Öskolan"]);
    }

    #[test]
    fn units_that_tell_nothing_come_before_those_at_nought() {
        let mut units = [unit("A", 10, 9, 0), unit("B", 9, 0, 0), unit("C", 3, 0, 0)];
        units[2].answers = None;
        assert_eq!((answered(&units[1]), answered(&units[2]), known(&units[2])), (Some(0), None, None));
        sort(&mut units, (Column::Answered, false));
        assert_eq!(units.map(|unit| unit.name), ["C", "B", "A"]);
    }
}
