//! The page of a group. Follows the server, and the address for what the list shows.

use super::keys;
use super::panel::ChildPanel;
use super::table::ChildTable;
use super::toolbar::Toolbar;
use crate::i18n::{clock_time, number, t, t_count, t_with};
use crate::router::{Link, Router, page_title, use_router};
use crate::staff::follow::Followed;
use crate::staff::list::{ListState, Need, arrange, count};
use crate::staff::printed::printed;
use crate::staff::routes::Route;
use crate::staff::sees::may_at;
use crate::staff::words;
use crate::state::{Remote, use_online, use_session};
use crate::ui::{Empty, Icon, Notice, NoticeKind, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::access::Action;
use skolstart_shared::api::GroupPage as Page;
use skolstart_shared::id::{GroupId, PersonId};

/// What the parts of the page share. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) group: GroupId,
    pub(super) router: Router<Route>,
    pub(super) followed: Followed,
    /// What the list shows, from the address.
    pub(super) list: Memo<ListState>,
    /// The child in the panel, from the address.
    pub(super) child: Memo<Option<PersonId>>,
    /// True when the reader opens the children's pages: support sees how far they have come and no more.
    pub(super) opens: Memo<bool>,
    /// What is typed into the search field; a name, so it never goes into the address.
    pub(super) search: RwSignal<String>,
}

impl Desk {
    fn new(group: GroupId) -> Self {
        let router = use_router::<Route>();
        let list = Memo::new(move |_| match router.get() {
            Some(Route::Group { list, .. }) => list,
            _ => ListState::default(),
        });
        let child = Memo::new(move |_| match router.get() {
            Some(Route::Group { child, .. }) => child,
            _ => None,
        });
        let search = RwSignal::new(String::new());
        let (followed, session) = (Followed::start(group), use_session());
        let opens = Memo::new(move |_| {
            let unit = followed.page.with(|page| page.ready().map(|page| page.unit));
            let person = session.person();
            person.zip(unit).is_none_or(|(person, unit)| may_at(&person, unit, Action::ReadChild))
        });
        Self { group, router, followed, list, child, opens, search }
    }

    /// The address with another child beside the list.
    pub(super) fn with_child(self, child: Option<PersonId>) -> Route {
        Route::Group { group: self.group, child, list: self.list.get() }
    }

    /// Shows the list in another way.
    pub(super) fn show(self, list: ListState) {
        self.router.replace(&Route::Group { group: self.group, child: self.child.get_untracked(), list });
    }

    /// Closes the panel and gives the focus back to the child's row.
    pub(super) fn close(self) {
        let Some(child) = self.child.get_untracked() else { return };
        self.router.go(&untrack(|| self.with_child(None)));
        keys::focus_row(child);
    }
}

/// A group.
#[component]
pub(crate) fn GroupPage(group: GroupId) -> impl IntoView {
    let desk = Desk::new(group);
    let listener = window_event_listener(leptos::ev::keydown, move |event| keys::page_key(desk, &event));
    on_cleanup(move || listener.remove());
    let page = desk.followed.page;
    page_title(move || page.with(|page| page.ready().map(|page| page.name.clone()).unwrap_or_default()));
    // The frame is drawn once; rows follow by themselves, so that focus stays when something changes.
    let state = Memo::new(move |_| {
        page.with(|page| match page {
            Remote::Loading => Frame::Loading,
            Remote::Failed(failure) => Frame::Failed(failure.clone()),
            Remote::Ready(_) => Frame::Ready,
        })
    });
    move || match state.get() {
        Frame::Loading => view! { <TableSkeleton label=t("common.loading") rows=12/> }.into_any(),
        Frame::Failed(failure) => words::failure(&failure, move || desk.followed.ask()),
        Frame::Ready => view! { <Ready desk/> }.into_any(),
    }
}

#[derive(Clone, PartialEq, Eq)]
enum Frame {
    Loading,
    Failed(crate::api::ApiFailure),
    Ready,
}

#[component]
fn Ready(desk: Desk) -> impl IntoView {
    let page = desk.followed.page;
    let of =
        move |part: fn(&Page) -> String| move || page.with(|page| page.ready().map(part).unwrap_or_default());
    let has_rows =
        Memo::new(move |_| page.with(|page| page.ready().is_some_and(|page| !page.rows.is_empty())));
    let columns = Memo::new(move |_| {
        page.with(|page| page.ready().map(|page| page.columns.clone()).unwrap_or_default())
    });
    let list = move || {
        if has_rows.get() {
            view! { <Toolbar desk/><List desk columns/> }.into_any()
        } else {
            view! { <Empty drawing="rucksack" heading=t("staff.group.empty") text=t("staff.group.empty-text")/> }.into_any()
        }
    };
    view! {
        <ol class="crumbs">
            <li><Link<Route> to=Route::Units>{of(|page| page.unit_name.clone())}</Link<Route>></li>
            <li>{of(|page| page.name.clone())}</li>
        </ol>
        <header class="desk__head">
            <div class="pagehead">
                <p class="pagehead__over">{of(|page| page.round.clone().unwrap_or_default())}</p>
                <h1>{of(|page| page.name.clone())}</h1>
                <Summary desk/>
            </div>
            <div class="toolbar">
                {move || desk.opens.get().then(|| view! {
                    <Link<Route> to=Route::Pictures(desk.group) class="button button--secondary">{t("staff.pictures.open")}</Link<Route>>
                    <Link<Route> to=Route::Collecting(desk.group) class="button button--secondary">{t("staff.collecting.open")}</Link<Route>>
                })}
                <button class="button button--secondary" type="button" on:click=|_| drop(window().print())>
                    <Icon name="print"/>{t("staff.group.print")}
                </button>
            </div>
        </header>
        <Lost desk/>
        {list}
        <PrintFoot desk/>
    }
}

#[component]
fn List(desk: Desk, columns: Memo<Vec<skolstart_shared::api::ActColumn>>) -> impl IntoView {
    let sections = Memo::new(move |_| {
        let rows =
            desk.followed.page.with(|page| page.ready().map(|page| page.rows.clone()).unwrap_or_default());
        desk.search.with(|search| arrange(&rows, desk.list.get(), search))
    });
    let nothing_found =
        move || sections.with(|sections| sections.iter().all(|section| section.children.is_empty()));
    let panel =
        move || desk.child.get().filter(|_| desk.opens.get()).map(|child| view! { <ChildPanel desk child/> });
    view! {
        <div class=move || if desk.child.get().is_some() { "desk__split" } else { "" }>
            <div>
                {move || columns.with(|columns| view! { <ChildTable desk columns=columns.clone() sections/> })}
                {move || nothing_found().then(|| view! {
                    <Empty drawing="pencil" heading=t("staff.group.none-found") text=t("staff.group.none-found-text")/>
                })}
            </div>
            {panel}
        </div>
    }
}

/// "26 barn · 19 klara · 7 behöver någon · uppdaterad 14.02".
#[component]
fn Summary(desk: Desk) -> impl IntoView {
    let text = move || {
        desk.followed.page.with(|page| {
            let rows = &page.ready()?.rows;
            let parts = [
                t_count("staff.group.children", rows.len() as u64, &[]),
                t_with("staff.group.done", &[("n", &number(count(rows, Need::Done)))]),
                t_with("staff.group.action", &[("n", &number(count(rows, Need::Action)))]),
            ];
            Some(parts.join(" · "))
        })
    };
    let updated = move || {
        let at = desk.followed.updated.get()?;
        Some([" · ", &t_with("staff.group.updated", &[("time", &clock_time(at))])].concat())
    };
    view! { <p class="soft">{text}<span class="no-print">{updated}</span></p> }
}

/// Says that the list may be old.
#[component]
fn Lost(desk: Desk) -> impl IntoView {
    let online = use_online();
    // Without a network the notice above the page has said it already.
    move || {
        (desk.followed.lost.get() && online.get()).then(|| {
            let at = desk.followed.updated.get_untracked().map(clock_time).unwrap_or_default();
            view! {
                <Notice kind=NoticeKind::Waiting icon="wifi-off">
                    <p>{t_with("staff.group.lost", &[("time", &at)])}</p>
                </Notice>
            }
        })
    }
}

/// On paper only: what it is, when and by whom it was printed.
#[component]
fn PrintFoot(desk: Desk) -> impl IntoView {
    let printed = printed();
    let text = move || {
        let page = desk
            .followed
            .page
            .with(|page| page.ready().map(|page| [page.unit_name.clone(), page.name.clone()]));
        let [unit, name] = page.unwrap_or_default();
        [unit, name, printed()].join(" · ")
    };
    view! { <footer class="printfoot">{text}</footer> }
}
