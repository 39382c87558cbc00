//! The page: child by child who may collect it and whether it goes home alone, to be printed and to hang at the door.

use crate::i18n::{date_and_time, t, t_with};
use crate::router::{Link, page_title};
use crate::staff::list::ListState;
use crate::staff::printed::printed;
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Empty, Icon, Notice, NoticeKind, Status, StatusKind, TableSkeleton};
use leptos::prelude::*;
use skolstart_shared::api::{Alone, CollectingOut, CollectingRow, Collector, GetCollecting, Nothing};
use skolstart_shared::id::GroupId;

/// The page.
#[component]
pub(in crate::staff) fn CollectingPage(group: GroupId) -> impl IntoView {
    let found = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetCollecting>(found, group, Nothing {});
    ask();
    page_title(|| t("staff.collecting.title"));
    move || match found.get() {
        Remote::Loading => view! { <TableSkeleton label=t("common.loading") rows=12/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(list) => view! { <List group list/> }.into_any(),
    }
}

#[component]
fn List(group: GroupId, list: CollectingOut) -> impl IntoView {
    let to = Route::Group { group, child: None, list: ListState::default() };
    let at = t_with("staff.collecting.true-at", &[("when", &date_and_time(list.at))]);
    let body = if list.rows.is_empty() {
        view! { <Empty drawing="diary" heading=t("staff.collecting.none") text=t("staff.collecting.none-text")/> }.into_any()
    } else {
        view! { <Table rows=list.rows/> }.into_any()
    };
    let (unit, name) = (list.unit_name, list.name);
    let (of_unit, of_name, over) = (unit.clone(), name.clone(), name.clone());
    view! {
        <ol class="crumbs">
            <li><Link<Route> to=Route::Units>{of_unit}</Link<Route>></li>
            <li><Link<Route> to=to>{of_name}</Link<Route>></li>
            <li>{t("staff.collecting.title")}</li>
        </ol>
        <header class="desk__head">
            <div class="pagehead">
                <p class="pagehead__over">{over}</p>
                <h1>{t("staff.collecting.title")}</h1>
                <p class="soft">{at}</p>
            </div>
            <div class="toolbar">
                <button class="button button--secondary" type="button" on:click=|_| drop(window().print())>
                    <Icon name="print"/>{t("staff.collecting.print")}
                </button>
            </div>
        </header>
        <Notice kind=NoticeKind::Info><p>{t("staff.collecting.about")}</p></Notice>
        {body}
        <PrintFoot unit name/>
    }
}

#[component]
fn Table(rows: Vec<CollectingRow>) -> impl IntoView {
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-labelledby="collecting-caption">
            <table class="table collecting">
                <caption id="collecting-caption" class="visually-hidden">{t("staff.collecting.title")}</caption>
                <thead><tr>
                    <th scope="col">{t("staff.group.child")}</th>
                    <th scope="col">{t("staff.collecting.guardians")}</th>
                    <th scope="col">{t("staff.collecting.others")}</th>
                    <th scope="col">{t("staff.collecting.alone")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
                <tfoot class="table__foot"><tr><td colspan="4"></td></tr></tfoot>
            </table>
        </div>
    }
}

fn row(row: CollectingRow) -> impl IntoView {
    let name = [row.given_name.as_str(), row.family_name.as_str()].join(" ");
    let guardians = row.guardians.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    let others = if row.collectors.is_empty() {
        let word =
            if row.answered { t("staff.collecting.nobody") } else { t("staff.collecting.not-answered") };
        let kind = if row.answered { StatusKind::Declined } else { StatusKind::Waiting };
        view! { <Status kind word bare=true/> }.into_any()
    } else {
        view! { <ul class="collecting__people">{row.collectors.into_iter().map(collector).collect_view()}</ul> }
            .into_any()
    };
    let (kind, word) = match row.alone {
        Alone::Yes => (StatusKind::Complete, t("staff.collecting.alone-yes")),
        Alone::No => (StatusKind::Declined, t("staff.collecting.alone-no")),
        Alone::NotAll => (StatusKind::Waiting, t("staff.collecting.alone-not-all")),
        Alone::Unknown => (StatusKind::Waiting, t("staff.collecting.not-answered")),
    };
    view! {
        <tr class="table__row" data-child=row.child.to_string()>
            <th scope="row"><Link<Route> to=Route::Child(row.child) class="table__name">{name}</Link<Route>></th>
            <td><ul class="collecting__people">{guardians}</ul></td>
            <td>{others}</td>
            <td><Status kind word bare=true/></td>
        </tr>
    }
}

fn collector(person: Collector) -> impl IntoView {
    let described = person.described.map(|words| view! { <small>{[", ", &words].concat()}</small> });
    view! { <li><b>{person.name}</b>{described}</li> }
}

/// On paper only: what it is, when and by whom it was printed.
#[component]
fn PrintFoot(unit: String, name: String) -> impl IntoView {
    let printed = printed();
    let text = move || [unit.as_str(), name.as_str(), &t("staff.collecting.title"), &printed()].join(" · ");
    view! { <footer class="printfoot">{text}</footer> }
}
