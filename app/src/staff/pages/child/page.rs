//! One child on a page of its own.

use super::codes::SchoolCodes;
use super::handle::{Exempt, Exempted, Handling};
use super::history::History;
use super::late::late;
use super::parts::{CallingOrder, Sections, about, beside, called};
use super::readers::Readers;
use super::school_acts::SchoolActs;
use super::withhold::Withholdings;
use crate::i18n::{t, t_with};
use crate::router::{Link, page_title};
use crate::staff::list::ListState;
use crate::staff::once::Trouble;
use crate::staff::pages::protection::{Protection, SayWhy, needs_purpose};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into, use_session};
use crate::ui::{Icon, Notice, NoticeKind, Skeleton};
use leptos::prelude::*;
use skolstart_shared::access::Role;
use skolstart_shared::api::{ExemptOut, GetChildPage, Nothing, StaffChildOut};
use skolstart_shared::id::PersonId;

/// The page of a child.
#[component]
pub(crate) fn ChildPage(child: PersonId) -> impl IntoView {
    let found = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetChildPage>(found, child, Nothing {});
    ask();
    let owner = Owner::current();
    // A change is answered long after the page was drawn: the page's own session is asked then.
    let again = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(ask),
        None => ask(),
    });
    let name = move || found.with(|found| found.ready().map(name_of).unwrap_or_default());
    page_title(name);
    move || match found.get() {
        Remote::Loading => view! { <Skeleton label=t("common.loading")/> }.into_any(),
        Remote::Failed(failure) if needs_purpose(&failure) => {
            view! { <SayWhy child again page=true/> }.into_any()
        }
        Remote::Failed(failure) => words::failure(&failure, ask),
        Remote::Ready(child) => view! { <Whole child again/> }.into_any(),
    }
}

fn name_of(child: &StaffChildOut) -> String {
    [child.given_name.as_str(), child.family_name.as_str()].join(" ")
}

#[component]
fn Whole(child: StaffChildOut, again: Callback<()>) -> impl IntoView {
    let handling = child.round.map(|round| Handling::new(child.child, round, again));
    let crumb = child.group.map(|group| {
        let to = Route::Group { group, child: None, list: ListState::default() };
        let name = child.group_name.clone().unwrap_or_default();
        view! { <li><Link<Route> to=to>{name}</Link<Route>></li> }
    });
    // Who has looked is for the principal; the server says so again.
    let session = use_session();
    let leads =
        session.person().is_some_and(|who| who.staff_at.iter().any(|duty| duty.role == Role::Principal));
    let leads_or_handles = leads || child.protected;
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
        {kept_notice(&child.kept_from)}
        <div class="columns">
            <section class="card">
                <h2>{t("staff.child.calling-order")}</h2>
                <CallingOrder people=child.to_reach/>
            </section>
            {handling.map(|handling| late(handling, child.late))}
            <SchoolActs child=child.child/>
            <Sections sections=child.sections class="card" handling/>
            {called(child.called)}
            {beside(child.beside, "card")}
            {handling.map(|handling| whole_round(handling, child.exempt))}
            <History child=child.child/>
            <SchoolCodes child=child.child/>
            {leads.then(|| view! { <Readers child=child.child/> })}
            {leads_or_handles.then(|| view! { <Protection child=child.child again/> })}
            {leads_or_handles.then(|| view! { <Withholdings child=child.child again/> })}
        </div>
        {handling.map(|handling| view! { <Trouble said=handling.once.trouble/> })}
    }
}

/// Exempting the child from everything that the round asks.
fn whole_round(handling: Handling, exempt: Option<ExemptOut>) -> impl IntoView {
    let body = match exempt {
        Some(exempt) => view! { <Exempted handling act=None exempt/> }.into_any(),
        None => {
            let title = t("staff.handle.everything");
            view! { <Exempt handling act=None id="round".to_owned() title/> }.into_any()
        }
    };
    view! { <section class="card"><h2>{t("staff.handle.round")}</h2><div class="stack stack--tight handle">{body}</div></section> }
}

/// Whom something about the child is kept from, for everybody who speaks with the family.
fn kept_notice(from: &[String]) -> Option<impl IntoView + use<>> {
    let names = from.join(", ");
    (!from.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Waiting icon="lock">
                <p><b>{t_with("withhold.notice", &[("names", &names)])}</b>" "{t("withhold.notice-text")}</p>
            </Notice>
        }
    })
}

/// The marking of a protected child, with what it means for the reader.
pub(in crate::staff::pages) fn protected_notice() -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Waiting icon="shield">
            <p><b>{t("staff.child.protected")}</b>" "{t("staff.child.protected-text")}</p>
        </Notice>
    }
}
