//! One child on a page of its own.

use super::parts::{CallingOrder, Sections, about};
use crate::i18n::t;
use crate::router::{Link, page_title};
use crate::staff::list::ListState;
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Icon, Notice, NoticeKind, Skeleton};
use leptos::prelude::*;
use skolstart_shared::api::{GetChildPage, Nothing, StaffChildOut};
use skolstart_shared::id::PersonId;

/// The page of a child.
#[component]
pub(crate) fn ChildPage(child: PersonId) -> impl IntoView {
    let found = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetChildPage>(found, child, Nothing {});
    ask();
    let name = move || found.with(|found| found.ready().map(name_of).unwrap_or_default());
    page_title(name);
    move || match found.get() {
        Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(child) => view! { <Whole child/> }.into_any(),
    }
}

fn name_of(child: &StaffChildOut) -> String {
    [child.given_name.as_str(), child.family_name.as_str()].join(" ")
}

#[component]
fn Whole(child: StaffChildOut) -> impl IntoView {
    let crumb = child.group.map(|group| {
        let to = Route::Group { group, child: None, list: ListState::default() };
        let name = child.group_name.clone().unwrap_or_default();
        view! { <li><Link<Route> to=to>{name}</Link<Route>></li> }
    });
    let name = name_of(&child);
    let about = about(&child);
    view! {
        <ol class="crumbs">
            <li><Link<Route> to=Route::Units>{child.unit}</Link<Route>></li>
            {crumb}
            <li>{name.clone()}</li>
        </ol>
        <header class="desk__head">
            <div class="pagehead"><h1>{name}</h1><p class="soft">{about}</p></div>
            <button class="button button--secondary" type="button" on:click=|_| drop(window().print())>
                <Icon name="print"/>{t("staff.print")}
            </button>
        </header>
        {child.protected.then(protected_notice)}
        <div class="columns">
            <section class="card">
                <h2>{t("staff.child.calling-order")}</h2>
                <CallingOrder people=child.to_reach/>
            </section>
            <Sections sections=child.sections class="card"/>
        </div>
    }
}

/// The marking of a protected child, with what it means for the reader.
pub(in crate::staff::pages) fn protected_notice() -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Waiting icon="shield">
            <p><b>{t("staff.child.protected")}</b>" "{t("staff.child.protected-text")}</p>
        </Notice>
    }
}
