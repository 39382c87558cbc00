//! How far each act has come in the whole municipality.

use crate::i18n::{number, percent, t, t_with};
use crate::ui::ShareBar;
use leptos::prelude::*;
use skolstart_shared::api::Share;

/// Act by act: how many of the children concerned are done, where that does not tell of few.
#[component]
pub(super) fn Acts(
    /// The name of each act and how many are done.
    acts: Vec<(String, Share)>,
) -> impl IntoView {
    let rows = acts.into_iter().map(|(title, share)| {
        let told = share.done.zip(share.all).map(|(done, all)| (u64::from(done), u64::from(all)));
        let of = match told {
            Some((done, all)) => {
                t_with("staff.municipality.of", &[("n", &number(done)), ("all", &number(all))])
            }
            None => t("staff.municipality.few"),
        };
        let bar = told.map(|(done, all)| view! { <ShareBar percent=percent(done, all)/> });
        view! {
            <tr class="table__row">
                <th scope="row">{title}</th>
                <td class="table__num">{of}</td>
                <td>{bar}</td>
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
