//! Elements against forms. A table with real heads, so that a screen reader says both for each mark.

use super::overlap::name_of;
use crate::i18n::{number, t};
use crate::staff::list::order_key;
use crate::ui::{SortHead, SortOrder};
use leptos::prelude::*;
use skolstart_shared::api::InventoryOut;
use skolstart_shared::inventory::{Overlap, OverlapRow};

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    Times,
    /// What the form at this place asks for first.
    Form(usize),
}

#[component]
pub(super) fn Matrix(inventory: InventoryOut, picture: Overlap) -> impl IntoView {
    let sorted_by = RwSignal::new((By::Times, false));
    let named: Vec<(String, OverlapRow)> =
        picture.rows.into_iter().map(|row| (name_of(&inventory, &row.element), row)).collect();
    let named = StoredValue::new(named);
    let head = move |by: By, label: String, class: &'static str| {
        let order = Signal::derive(move || match sorted_by.get() {
            (now, false) if now == by => SortOrder::Ascending,
            (now, true) if now == by => SortOrder::Descending,
            _ => SortOrder::Not,
        });
        let sort = move || sorted_by.update(|(now, down)| (*now, *down) = (by, *now == by && !*down));
        view! { <SortHead label order sort class/> }
    };
    let forms = picture.forms.into_iter().enumerate().map(|(at, form)| {
        let name = if form.digital {
            [form.name.as_str(), " (", &t("staff.overlap.digital"), ")"].concat()
        } else {
            form.name
        };
        head(By::Form(at), name, "overlap__form")
    });
    let forms = forms.collect_view();
    let rows = move || {
        let mut rows = named.get_value();
        sort(&mut rows, sorted_by.get());
        rows.into_iter().map(|(name, row)| matrix_row(name, &row)).collect_view()
    };
    view! {
        <h2 id="overlap-name">{t("staff.overlap.matrix")}</h2>
        <div class="tablewrap overlap" tabindex="0" role="region" aria-labelledby="overlap-name">
            <table class="table table--dense overlap__table" aria-labelledby="overlap-name">
                <thead><tr>
                    {head(By::Name, t("staff.element.title-one"), "")}
                    {head(By::Times, t("staff.overlap.forms"), "table__num")}
                    {forms}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn sort(rows: &mut [(String, OverlapRow)], (by, reverse): (By, bool)) {
    rows.sort_by_cached_key(|(name, _)| order_key(name));
    match by {
        By::Name => {}
        By::Times => rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.times())),
        By::Form(at) => rows.sort_by_key(|(_, row)| !row.asked.get(at).copied().unwrap_or(false)),
    }
    if reverse {
        rows.reverse();
    }
}

fn matrix_row(name: String, row: &OverlapRow) -> impl IntoView + use<> {
    let cells = row.asked.iter().map(|asked| {
        if *asked {
            view! { <td class="overlap__cell" data-asked=""><span class="visually-hidden">{t("staff.overlap.asked")}</span></td> }.into_any()
        } else {
            view! { <td class="overlap__cell"></td> }.into_any()
        }
    });
    view! {
        <tr class="table__row">
            <th scope="row">{name}</th>
            <td class="table__num">{number(row.times() as u64)}</td>
            {cells.collect_view()}
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::fact::ElementKey;

    fn row(name: &str, asked: &[bool]) -> (String, OverlapRow) {
        let element = ElementKey(name.to_owned());
        (name.to_owned(), OverlapRow { element, asked: asked.to_vec(), paper: 0 })
    }

    #[test]
    fn sorts_by_name_times_and_form() {
        let mut rows = [row("Ö", &[true, true]), row("b", &[false, true]), row("a", &[false, false])];
        let mut by = |by, reverse| {
            sort(&mut rows, (by, reverse));
            rows.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(by(By::Name, false), ["a", "b", "Ö"]);
        assert_eq!(by(By::Times, false), ["Ö", "b", "a"]);
        assert_eq!(by(By::Times, true), ["a", "b", "Ö"]);
        assert_eq!(by(By::Form(0), false), ["Ö", "a", "b"]);
        assert_eq!(by(By::Form(1), false), ["b", "Ö", "a"]);
    }
}
