//! The page: one group at first, and more of them when a picture shows children of several.

use super::answer::Answer;
use super::save::Save;
use super::table::PictureTable;
use crate::api::client;
use crate::i18n::{date_and_time, t, t_with};
use crate::router::{Link, page_title};
use crate::staff::list::ListState;
use crate::staff::pages::inventory::saving_failed;
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Icon, Notice, NoticeKind, TableSkeleton, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{
    ConsentChannel, GetPictureConsents, GetUnits, Nothing, PictureConsentsOut, UnitsOut,
};
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{GroupId, PersonId};
use std::collections::BTreeSet;

/// What the parts of the page share. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) group: GroupId,
    /// The groups, in the order in which they were added.
    pub(super) found: RwSignal<Vec<(GroupId, PictureConsentsOut)>>,
    first: RwSignal<Remote<PictureConsentsOut>>,
    /// The act whose channels are shown.
    pub(super) act: RwSignal<Option<(FormKey, ActKey)>>,
    /// The children on the picture.
    pub(super) chosen: RwSignal<BTreeSet<PersonId>>,
}

impl Desk {
    /// The places of the channels that are shown.
    pub(super) fn shown(self) -> Vec<(usize, ConsentChannel)> {
        let act = self.act.get();
        self.found.with(|found| {
            let channels = found.first().map(|(_, group)| group.channels.clone()).unwrap_or_default();
            let is_it = |channel: &ConsentChannel| {
                act.as_ref().is_none_or(|(form, act)| channel.form == *form && channel.act == *act)
            };
            channels.into_iter().enumerate().filter(|(_, channel)| is_it(channel)).collect()
        })
    }

    fn ask(self) {
        fetch_into::<GetPictureConsents>(self.first, self.group, Nothing {});
    }

    fn take(self, group: GroupId, found: PictureConsentsOut) {
        if self.act.with_untracked(Option::is_none) {
            let first = found.channels.first();
            self.act.set(first.map(|channel| (channel.form.clone(), channel.act.clone())));
        }
        self.found.update(|all| {
            all.retain(|(known, _)| *known != group);
            all.push((group, found));
        });
    }

    /// The children of another group too.
    fn add(self, group: GroupId) {
        spawn_local(async move {
            match client::call::<GetPictureConsents>(&group, &Nothing {}).await {
                Ok(found) => self.take(group, found),
                Err(failure) => toast(saving_failed(&failure)),
            }
        });
    }
}

/// The page.
#[component]
pub(crate) fn PicturesPage(group: GroupId) -> impl IntoView {
    let (found, first) = (RwSignal::new(Vec::new()), RwSignal::new(Remote::Loading));
    let (act, chosen) = (RwSignal::new(None), RwSignal::new(BTreeSet::new()));
    let desk = Desk { group, found, first, act, chosen };
    desk.ask();
    page_title(|| t("staff.pictures.title"));
    Effect::new(move |_| {
        if let Remote::Ready(group_found) = first.get() {
            desk.take(group, group_found);
        }
    });
    move || match first.get() {
        Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=12/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, move || desk.ask()),
        Remote::Ready(found) => view! { <Ready desk unit=found.unit_name name=found.name/> }.into_any(),
    }
}

#[component]
fn Ready(desk: Desk, unit: String, name: String) -> impl IntoView {
    let over = name.clone();
    let to = Route::Group { group: desk.group, child: None, list: ListState::default() };
    let at = move || {
        let at = desk.found.with(|found| found.iter().map(|(_, group)| group.at).min());
        at.map(|at| t_with("staff.pictures.true-at", &[("when", &date_and_time(at))]))
    };
    let is_empty = move || desk.found.with(|found| found.iter().all(|(_, group)| group.channels.is_empty()));
    view! {
        <ol class="crumbs">
            <li><Link<Route> to=Route::Units>{unit}</Link<Route>></li>
            <li><Link<Route> to=to>{name}</Link<Route>></li>
            <li>{t("staff.pictures.title")}</li>
        </ol>
        <header class="desk__head">
            <div class="pagehead"><p class="pagehead__over">{over}</p><h1>{t("staff.pictures.title")}</h1><p class="soft">{at}</p></div>
            <Print/>
        </header>
        <Save desk/>
        <Notice kind=NoticeKind::Info><p>{t("staff.pictures.ask-again")}</p></Notice>
        {move || is_empty().then(|| view! { <p class="soft">{t("staff.pictures.none")}</p> })}
        <Tools desk/>
        <Answer desk/>
        <PictureTable desk/>
    }
}

/// Print what is shown of the group.
#[component]
fn Print() -> impl IntoView {
    view! {
        <div class="toolbar">
            <button class="button button--secondary" type="button" on:click=|_| drop(window().print())>
                <Icon name="print"/>{t("staff.pictures.print")}
            </button>
        </div>
    }
}

/// Which act, and which groups.
#[component]
fn Tools(desk: Desk) -> impl IntoView {
    let units = RwSignal::new(Remote::<UnitsOut>::Loading);
    fetch_into::<GetUnits>(units, (), Nothing {});
    let acts = Memo::new(move |_| {
        let mut acts: Vec<(FormKey, ActKey, String)> = Vec::new();
        desk.found.with(|found| {
            for channel in found.iter().flat_map(|(_, group)| &group.channels) {
                if !acts.iter().any(|(form, act, _)| *form == channel.form && *act == channel.act) {
                    acts.push((channel.form.clone(), channel.act.clone(), channel.title.clone()));
                }
            }
        });
        acts
    });
    let options = move || {
        acts.get()
            .into_iter()
            .enumerate()
            .map(|(at, (.., title))| view! { <option value=at.to_string()>{title}</option> })
            .collect_view()
    };
    let choose = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        let found = acts.with_untracked(|acts| at.and_then(|at| acts.get(at).cloned()));
        if let Some((form, act, _)) = found {
            desk.act.set(Some((form, act)));
        }
    };
    let groups = move || {
        let shown: Vec<GroupId> = desk.found.with(|found| found.iter().map(|(group, _)| *group).collect());
        let units = units.get();
        let all = units.ready().into_iter().flat_map(|units| &units.units).flat_map(|unit| &unit.groups);
        let left = all.filter(|group| !shown.contains(&group.id));
        left.map(|group| view! { <option value=group.id.to_string()>{group.name.clone()}</option> })
            .collect_view()
    };
    let add = move |event| {
        if let Ok(group) = event_target_value(&event).parse() {
            desk.add(group);
        }
    };
    view! {
        <div class="toolbar">
            <div class="field">
                <label class="field__label" for="pictures-act">{t("staff.pictures.act")}</label>
                <select class="input" id="pictures-act" on:change=choose>{options}</select>
            </div>
            <div class="field">
                <label class="field__label" for="pictures-group">{t("staff.pictures.more")}</label>
                <select class="input" id="pictures-group" on:change=add prop:value="">
                    <option value="">{t("staff.pictures.choose")}</option>
                    {groups}
                </select>
            </div>
        </div>
    }
}
