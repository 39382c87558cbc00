//! How far each act has come in the whole municipality.

use crate::i18n::{number, percent, t, t_with};
use crate::ui::ShareBar;
use leptos::prelude::*;
use skolstart_shared::api::UnitFigures;

/// Act by act: how many of the children concerned are done.
#[component]
pub(super) fn Acts(
    /// The name of each act, how many are done and how many it concerns.
    acts: Vec<(String, (u64, u64))>,
) -> impl IntoView {
    let rows = acts.into_iter().map(|(title, (done, all))| {
        let of = t_with("staff.municipality.of", &[("n", &number(done)), ("all", &number(all))]);
        view! {
            <tr class="table__row">
                <th scope="row">{title}</th>
                <td class="table__num">{of}</td>
                <td><ShareBar percent=percent(done, all)/></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="card">
            <p class="chart__caption" id="all-acts">{t("staff.municipality.acts")}</p>
            <table class="table" aria-labelledby="all-acts">
                <thead class="visually-hidden"><tr>
                    <th scope="col">{t("staff.municipality.act")}</th>
                    <th scope="col">{t("staff.municipality.finished")}</th>
                    <td></td>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

/// How many children are done with the act at this place, and how many it concerns, over all units.
pub(super) fn act_totals(units: &[UnitFigures], at: usize) -> (u64, u64) {
    let counts = units.iter().filter_map(|unit| unit.acts.get(at)).flatten();
    counts.fold((0, 0), |(done, all), count| {
        let children = u64::from(count.children);
        (if count.status.is_done() { done + children } else { done }, all + children)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use skolstart_shared::api::StatusCount;
    use skolstart_shared::round::TaskStatus;

    fn unit() -> UnitFigures {
        UnitFigures {
            id: "00000000-0000-0000-0000-00000000000a".parse().unwrap(),
            name: String::new(),
            children: 10,
            finished: 9,
            acts: Vec::new(),
            confirmed: 0,
            changed: 0,
            new: 0,
            saved: Default::default(),
        }
    }

    #[test]
    fn adds_an_act_over_the_units() {
        let count = |status, children| StatusCount { status, children };
        let mut one = unit();
        one.acts = vec![vec![], vec![count(TaskStatus::Complete, 3), count(TaskStatus::Declined, 2)]];
        let mut other = unit();
        other.acts =
            vec![vec![], vec![count(TaskStatus::NotStarted, 4), count(TaskStatus::WaitingForOther, 1)]];
        assert_eq!(act_totals(&[one, other], 1), (5, 10));
        assert_eq!(act_totals(&[], 7), (0, 0));
    }
}
