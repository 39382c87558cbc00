//! Search and filters above the list.

use super::page::Desk;
use crate::i18n::{number, t};
use crate::staff::list::{ListState, Need, Show, count};
use crate::ui::{Chip, Icon};
use leptos::prelude::*;

/// The id of the search field, for the key that goes there.
pub(super) const SEARCH: &str = "child-search";

#[component]
pub(super) fn Toolbar(desk: Desk) -> impl IntoView {
    view! {
        <div class="toolbar" role="search">
            <label class="search">
                <Icon name="search"/>
                <span class="visually-hidden">{t("staff.group.search")}</span>
                <input
                    id=SEARCH class="input search__input" type="search" placeholder=t("staff.group.search")
                    autocomplete="off" spellcheck="false" aria-keyshortcuts="/" prop:value=desk.search
                    on:input=move |event| desk.search.set(event_target_value(&event))
                />
            </label>
            <div class="chips" role="group" aria-label=t("staff.group.show")>
                {Show::ALL.into_iter().map(|show| view! { <Choice desk show/> }).collect_view()}
            </div>
        </div>
    }
}

#[component]
fn Choice(desk: Desk, show: Show) -> impl IntoView {
    let (label, need) = match show {
        Show::All => (t("staff.show.all"), None),
        Show::Action => (t("staff.show.action"), Some(Need::Action)),
        Show::Waiting => (t("staff.show.waiting"), Some(Need::Waiting)),
        Show::Done => (t("staff.show.done"), Some(Need::Done)),
    };
    let how_many = Signal::derive(move || {
        desk.followed.page.with(|page| {
            let rows = page.ready().map(|page| page.rows.as_slice()).unwrap_or_default();
            number(need.map_or(rows.len() as u64, |need| count(rows, need)))
        })
    });
    let pressed = Signal::derive(move || desk.list.get().show == show);
    let choose = move || desk.show(ListState { show, ..desk.list.get_untracked() });
    view! { <Chip label count=how_many pressed choose/> }
}
