//! The answer about the children who were chosen: yes for all of them, or for whom not.

use super::page::Desk;
use crate::i18n::{t, t_count, t_with};
use crate::ui::{Status, StatusKind};
use leptos::prelude::*;
use skolstart_shared::api::PictureRow;
use std::collections::BTreeSet;

/// Says for each channel whether a picture of the chosen children may be shown there. Read out when it changes.
#[component]
pub(super) fn Answer(desk: Desk) -> impl IntoView {
    let rows = move || {
        let chosen = desk.chosen.get();
        desk.found.with(|found| {
            let all = found.iter().flat_map(|(_, group)| &group.rows);
            all.filter(|row| chosen.contains(&row.child)).cloned().collect::<Vec<PictureRow>>()
        })
    };
    let body = move || {
        let rows = rows();
        if rows.is_empty() {
            return view! { <p>{t("staff.pictures.choose-children")}</p> }.into_any();
        }
        let lines = desk.shown().into_iter().map(|(at, channel)| {
            let (kind, word) = verdict(&rows, at);
            view! { <div><dt>{channel.label}</dt><dd><Status kind word bare=true/></dd></div> }
        });
        let lines = lines.collect_view();
        let chosen = t_count("staff.pictures.chosen", rows.len() as u64, &[]);
        view! {
            <h2>{chosen}</h2>
            <dl class="facts">{lines}</dl>
            <p>
                <button class="button button--secondary button--small" type="button" on:click=move |_| desk.chosen.set(BTreeSet::new())>
                    {t("staff.pictures.clear")}
                </button>
            </p>
        }
        .into_any()
    };
    view! { <section class="card no-print" aria-live="polite" aria-label=t("staff.pictures.answer")>{body}</section> }
}

fn verdict(rows: &[PictureRow], at: usize) -> (StatusKind, String) {
    let allows = |row: &PictureRow| {
        row.cells.get(at).and_then(Option::as_ref).is_some_and(|cell| cell.standing.allows())
    };
    let name = |row: &PictureRow| [row.given_name.as_str(), row.family_name.as_str()].join(" ");
    let not: Vec<String> = rows.iter().filter(|row| !allows(row)).map(name).collect();
    if not.is_empty() {
        return (StatusKind::Complete, t("staff.pictures.yes-all"));
    }
    (StatusKind::Declined, t_with("staff.pictures.not-for", &[("names", &not.join(", "))]))
}
