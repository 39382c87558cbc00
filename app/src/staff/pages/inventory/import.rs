//! Taking in a spreadsheet: choose it, see what it would change and which rows cannot be read, then take it in.

use super::file::{self, NotChosen};
use super::page::Desk;
use super::parts::saving_failed;
use crate::api::client;
use crate::i18n::{number, t, t_count, t_with};
use crate::state::use_session;
use crate::ui::{Notice, NoticeKind, Panel, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    CheckInventoryFile, ImportChange, ImportFault, ImportInventory, ImportOut, ImportRow, InventoryFileIn,
    RejectedRow,
};

/// How far one has come.
#[derive(Clone)]
enum Stage {
    Choose,
    Reading,
    Preview(InventoryFileIn, ImportOut),
    Wrong(String),
}

#[component]
pub(super) fn Import(desk: Desk) -> impl IntoView {
    let stage = RwSignal::new(Stage::Choose);
    let session = use_session();
    let chosen = move |event: leptos::ev::Event| {
        let Some(input) = event.target() else { return };
        stage.set(Stage::Reading);
        spawn_local(async move {
            let found = match file::read(input.into()).await {
                Ok(found) => found,
                Err(NotChosen::Nothing) => return stage.set(Stage::Choose),
                Err(NotChosen::Kind) => return stage.set(Stage::Wrong(t("staff.import.not-a-sheet"))),
                Err(NotChosen::Size) => return stage.set(Stage::Wrong(t("staff.import.too-large"))),
                Err(NotChosen::Unreadable) => return stage.set(Stage::Wrong(t("staff.import.unreadable"))),
            };
            let sent = InventoryFileIn { kind: found.kind, content: found.content };
            stage.set(match client::call::<CheckInventoryFile>(&(), &sent).await {
                Ok(told) => Stage::Preview(sent, told),
                Err(failure) => {
                    session.heed(&failure);
                    Stage::Wrong(saving_failed(&failure))
                }
            });
        });
    };
    let body = move || match stage.get() {
        Stage::Choose => ().into_any(),
        Stage::Reading => {
            view! { <p class="panel__part soft" role="status">{t("common.loading")}</p> }.into_any()
        }
        Stage::Wrong(words) => view! {
            <div class="panel__part"><Notice kind=NoticeKind::Error><p>{words}</p></Notice></div>
        }
        .into_any(),
        Stage::Preview(sent, told) => view! { <Preview desk sent told stage/> }.into_any(),
    };
    view! {
        <Panel
            heading=t("staff.import.title") about=t("staff.import.about") close_label=t("common.close")
            close=move || desk.close()
        >
            <section class="panel__part stack stack--tight">
                <div class="field">
                    <label class="field__label" for="inventory-file">{t("staff.import.file")}</label>
                    <p class="field__help" id="inventory-file-help">{t("staff.import.help")}</p>
                    <input class="input" id="inventory-file" type="file" accept=".csv,.xlsx" aria-describedby="inventory-file-help" on:change=chosen/>
                </div>
                <p class="soft small">{t("staff.import.columns")}</p>
            </section>
            {body}
        </Panel>
    }
}

#[component]
fn Preview(desk: Desk, sent: InventoryFileIn, told: ImportOut, stage: RwSignal<Stage>) -> impl IntoView {
    let session = use_session();
    let changing = told.rows.iter().filter(|row| row.change != ImportChange::Same).count() as u64;
    let same = told.rows.len() as u64 - changing;
    let take = move |_| {
        let sent = sent.clone();
        spawn_local(async move {
            match client::call::<ImportInventory>(&(), &sent).await {
                Ok(_) => {
                    toast(t_count("staff.import.done", changing, &[]));
                    desk.ask_again(move || desk.close());
                }
                Err(failure) => {
                    session.heed(&failure);
                    stage.set(Stage::Wrong(saving_failed(&failure)));
                }
            }
        });
    };
    let unknown = (!told.unknown_columns.is_empty())
        .then(|| t_with("staff.import.unknown", &[("columns", &told.unknown_columns.join(", "))]));
    let rows = told.rows.into_iter().filter(|row| row.change != ImportChange::Same).map(changed);
    let (rows, rejected) = (rows.collect_view(), told.rejected);
    view! {
        <section class="panel__part" role="status">
            <h3>{t_count("staff.import.changes", changing, &[])}</h3>
            {(same > 0).then(|| view! { <p class="soft small">{t_count("staff.import.same", same, &[])}</p> })}
            {unknown.map(|words| view! { <p class="soft small">{words}</p> })}
            <ul class="uses">{rows}</ul>
        </section>
        {(!rejected.is_empty()).then(|| view! { <Rejected rejected/> })}
        <div class="panel__part">
            {if changing > 0 {
                view! { <button class="button button--wide" type="button" on:click=take>{t_count("staff.import.take", changing, &[])}</button> }.into_any()
            } else {
                view! { <p>{t("staff.import.nothing")}</p> }.into_any()
            }}
        </div>
    }
}

fn changed(row: ImportRow) -> impl IntoView {
    let what = match row.change {
        ImportChange::New => t("staff.import.new"),
        ImportChange::Changed(columns) => columns.join(", "),
        ImportChange::Same => String::new(),
    };
    let place = t_with("staff.import.row", &[("n", &number(row.row.into()))]);
    view! { <li><b>{row.name}</b><small>{[place.as_str(), " · ", &what].concat()}</small></li> }
}

#[component]
fn Rejected(rejected: Vec<RejectedRow>) -> impl IntoView {
    let count = t_count("staff.import.rejected", rejected.len() as u64, &[]);
    let row = |row: RejectedRow| {
        let why = match row.reason {
            ImportFault::NoName => t("staff.import.no-name"),
            ImportFault::NotANumber => t("staff.import.not-a-number"),
            ImportFault::TooLarge => t("staff.import.too-large-number"),
            ImportFault::NotADate => t("staff.import.not-a-date"),
            ImportFault::NotYesOrNo => t("staff.import.not-yes-or-no"),
            ImportFault::BadText => t("staff.import.bad-text"),
            ImportFault::NotAnElement => t("staff.import.not-an-element"),
            ImportFault::UnknownForm => t("staff.import.unknown-form"),
            ImportFault::Repeated => t("staff.import.repeated"),
        };
        let place = t_with("staff.import.row", &[("n", &number(row.row.into()))]);
        view! { <tr class="table__row"><th scope="row">{place}</th><td>{row.column}</td><td>{why}</td></tr> }
    };
    view! {
        <section class="panel__part">
            <h3 id="rejected-rows">{count}</h3>
            <p class="soft small">{t("staff.import.rejected-note")}</p>
            <table class="table table--dense" aria-labelledby="rejected-rows">
                <thead><tr>
                    <th scope="col">{t("staff.import.row-head")}</th>
                    <th scope="col">{t("staff.import.column-head")}</th>
                    <th scope="col">{t("staff.import.why-head")}</th>
                </tr></thead>
                <tbody>{rejected.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}
