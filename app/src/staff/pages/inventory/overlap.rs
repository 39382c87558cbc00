//! The picture of overlap: what is asked most often, and every element against every form.

use super::matrix::Matrix;
use crate::i18n::{number, percent, t, t_count, t_with};
use crate::router::{Link, page_title};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Icon, ShareBar, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{GetInventory, InventoryOut, Nothing};
use skolstart_shared::fact::ElementKey;
use skolstart_shared::inventory::{FormColumn, Overlap, overlap};

/// How many elements the list of the most asked shows.
const TOP: usize = 10;

/// The page.
#[component]
pub(crate) fn OverlapPage() -> impl IntoView {
    let inventory = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetInventory>(inventory, (), Nothing {});
    ask();
    page_title(|| t("staff.overlap.title"));
    let body = move || match inventory.get() {
        Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=12/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(inventory) => view! { <Picture inventory/> }.into_any(),
    };
    let is_nothing =
        move || inventory.with(|found| matches!(found, Remote::Failed(failure) if failure.is_not_found()));
    view! {
        <ol class="crumbs" hidden=is_nothing>
            <li><Link<Route> to=Route::Forms(None)>{t("staff.forms.title")}</Link<Route>></li>
            <li>{t("staff.overlap.title")}</li>
        </ol>
        <header class="desk__head" hidden=is_nothing>
            <div class="pagehead"><h1>{t("staff.overlap.title")}</h1><p class="soft">{t("staff.overlap.intro")}</p></div>
            <button class="button button--secondary" type="button" on:click=|_| drop(window().print())>
                <Icon name="print"/>{t("staff.print")}
            </button>
        </header>
        {body}
    }
}

/// The picture of an inventory: its forms, then the digital ones.
fn picture_of(inventory: &InventoryOut) -> Overlap {
    let mut forms: Vec<FormColumn> =
        inventory.forms.iter().map(|line| FormColumn::of_paper(&line.form)).collect();
    forms.extend(inventory.digital.iter().map(|form| FormColumn {
        code: form.key.0.clone(),
        name: form.title.clone(),
        digital: true,
        asks: form.asks.iter().cloned().collect(),
    }));
    forms.retain(|form| !form.asks.is_empty());
    overlap(forms)
}

/// What an element is called.
pub(super) fn name_of(inventory: &InventoryOut, key: &ElementKey) -> String {
    let found = inventory.elements.iter().find(|element| element.key == *key);
    found.map_or_else(|| key.0.clone(), |element| element.name.clone())
}

#[component]
fn Picture(inventory: InventoryOut) -> impl IntoView {
    let picture = picture_of(&inventory);
    let (all, repeated) = picture.repeated();
    let words = t_with(
        "staff.overlap.repeated",
        &[
            ("all", &number(all as u64)),
            ("elements", &number(picture.rows.len() as u64)),
            ("repeated", &number(repeated as u64)),
            ("percent", &percent(repeated as u64, all as u64).to_string()),
        ],
    );
    let forms = picture.forms.len() as u64;
    let top = picture.rows.iter().take(TOP).map(|row| {
        let times = row.times() as u64;
        view! {
            <tr class="table__row">
                <th scope="row">{name_of(&inventory, &row.element)}</th>
                <td class="table__num">{t_count("staff.overlap.times", times, &[])}</td>
                <td><ShareBar percent=percent(times, forms)/></td>
            </tr>
        }
    });
    let top = top.collect_view();
    view! {
        <p class="lead">{words}</p>
        <section class="card no-print">
            <h2 id="most-asked">{t("staff.overlap.top")}</h2>
            <table class="table table--dense" aria-labelledby="most-asked">
                <thead class="visually-hidden"><tr>
                    <th scope="col">{t("staff.element.title-one")}</th>
                    <th scope="col">{t("staff.overlap.forms")}</th>
                    <td></td>
                </tr></thead>
                <tbody>{top}</tbody>
            </table>
        </section>
        <Matrix inventory picture/>
    }
}
