//! Children × channels. On paper only yes and no, and nobody who must not be shown.

use super::page::Desk;
use crate::i18n::{date, date_and_time, t, t_with};
use crate::staff::words;
use crate::state::use_session;
use crate::ui::{Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::{ConsentChannel, PictureCell, PictureConsentsOut, PictureRow};

#[component]
pub(super) fn PictureTable(desk: Desk) -> impl IntoView {
    let heads = move || {
        desk.shown()
            .into_iter()
            .map(|(_, channel)| view! { <th scope="col">{channel.label}</th> })
            .collect_view()
    };
    let bodies = move || {
        let shown = desk.shown();
        desk.found.with(|found| {
            let many = found.len() > 1;
            found.iter().map(|(_, group)| body(desk, group, &shown, many)).collect_view()
        })
    };
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby="pictures-caption">
            <table class="table">
                <caption id="pictures-caption" class="visually-hidden">{t("staff.pictures.caption")}</caption>
                <thead><tr><th scope="col">{t("staff.pictures.child")}</th>{heads}</tr></thead>
                {bodies}
            </table>
        </div>
        <PrintFoot desk/>
    }
}

fn body(
    desk: Desk,
    group: &PictureConsentsOut,
    shown: &[(usize, ConsentChannel)],
    many: bool,
) -> impl IntoView + use<> {
    let span = (shown.len() + 1).to_string();
    let heading = many.then(|| {
        let name = group.name.clone();
        view! { <tr class="table__group"><th colspan=span scope="rowgroup">{name}</th></tr> }
    });
    let rows = group.rows.iter().map(|row| line(desk, row, shown)).collect_view();
    view! { <tbody>{heading}{rows}</tbody> }
}

fn line(desk: Desk, row: &PictureRow, shown: &[(usize, ConsentChannel)]) -> impl IntoView + use<> {
    let child = row.child;
    let name = [row.given_name.as_str(), row.family_name.as_str()].join(" ");
    let is_chosen = Memo::new(move |_| desk.chosen.with(|chosen| chosen.contains(&child)));
    let toggle = move |_| {
        desk.chosen.update(|chosen| {
            if !chosen.remove(&child) {
                chosen.insert(child);
            }
        });
    };
    let protected = row.protected;
    let mark = protected.then(|| view! { " "<Status kind=StatusKind::Protected word=t("staff.protected")/> });
    let cells = shown.iter().map(|(at, _)| cell(row.cells.get(*at).and_then(Option::as_ref))).collect_view();
    view! {
        <tr class=if protected { "table__row no-print" } else { "table__row" } data-child=child.to_string()
            data-selected=move || is_chosen.get().then_some("")>
            <th scope="row">
                <label class="pick"><input class="no-print" type="checkbox" prop:checked=is_chosen on:change=toggle/>{name}</label>{mark}
            </th>
            {cells}
        </tr>
    }
}

/// Yes or no; why, and until when, is for the screen.
fn cell(cell: Option<&PictureCell>) -> impl IntoView + use<> {
    let Some(cell) = cell else {
        return view! { <td><span class="soft">{t("staff.status.not-concerned")}</span></td> }.into_any();
    };
    let until = cell.until.map(|day| t_with("staff.consent.until", &[("day", &date(day))]));
    let limits = cell.limits.iter().map(|limit| view! { <small>{limit.clone()}</small> }).collect_view();
    let plain = if cell.standing.allows() { t("staff.consent.given") } else { t("staff.consent.refused") };
    view! {
        <td>
            <span class="no-print">{words::standing(cell.standing)}" "<small class="soft">{until}</small>{limits}</span>
            <span class="print-only">{plain}</span>
        </td>
    }
    .into_any()
}

/// On paper only: what it is, when it was true and by whom it was printed.
#[component]
fn PrintFoot(desk: Desk) -> impl IntoView {
    let session = use_session();
    let text = move || {
        let at = desk.found.with(|found| found.iter().map(|(_, group)| group.at).min());
        let when = at.map(date_and_time).unwrap_or_default();
        let who = session.person().map(|person| person.name).unwrap_or_default();
        t_with("staff.pictures.printed", &[("when", &when), ("who", &who)])
    };
    view! { <footer class="printfoot">{text}</footer> }
}
