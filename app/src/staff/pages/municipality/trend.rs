//! Answers day by day, as bars and as a table with the same figures.

use crate::i18n::{date, day_and_month, number, t, t_with};
use crate::ui::{Bar, BarChart};
use leptos::prelude::*;
use skolstart_shared::api::DayOut;

#[component]
pub(super) fn Trend(days: Vec<DayOut>) -> impl IntoView {
    let Some(best) = days.iter().max_by_key(|day| day.submissions).cloned() else {
        return view! { <p class="soft">{t("staff.municipality.no-days")}</p> }.into_any();
    };
    let (day, most) = (date(best.day), number(u64::from(best.submissions)));
    let label = t_with("staff.municipality.trend-label", &[("day", &day), ("n", &most)]);
    let last = days.len() - 1;
    let step = days.len().div_ceil(6);
    let bars = days.iter().enumerate().map(|(at, day)| Bar {
        // First, last and a few between, none close to the last.
        label: if at == last || (at % step == 0 && at + step / 2 < last) {
            day_and_month(day.day)
        } else {
            String::new()
        },
        value: u64::from(day.submissions),
    });
    let bars: Vec<Bar> = bars.collect();
    let row = |day: &DayOut| {
        view! {
            <tr class="table__row">
                <th scope="row">{date(day.day)}</th>
                <td class="table__num">{number(u64::from(day.submissions))}</td>
            </tr>
        }
    };
    view! {
        <figure class="chart card">
            <figcaption class="chart__caption">{t("staff.municipality.trend")}<small>{label.clone()}</small></figcaption>
            <BarChart bars label write=number/>
            <details>
                <summary>{t("staff.municipality.trend-table")}</summary>
                <table class="table table--dense">
                    <thead><tr>
                        <th scope="col">{t("staff.municipality.day")}</th>
                        <th scope="col" class="table__num">{t("staff.municipality.answers")}</th>
                    </tr></thead>
                    <tbody>{days.iter().map(row).collect_view()}</tbody>
                </table>
            </details>
        </figure>
    }
    .into_any()
}
