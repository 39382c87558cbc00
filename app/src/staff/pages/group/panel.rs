//! The chosen child beside the list.

use super::page::Desk;
use crate::i18n::t;
use crate::router::Link;
use crate::staff::pages::child::{CallingOrder, Sections, about, beside, protected_notice};
use crate::staff::pages::protection::{SayWhy, needs_purpose};
use crate::staff::routes::Route;
use crate::staff::words;
use crate::state::{Remote, fetch_into};
use crate::ui::{Panel, Skeleton};
use leptos::prelude::*;
use skolstart_shared::api::{GetChildPage, Nothing, StaffChildOut};
use skolstart_shared::id::PersonId;

#[component]
pub(super) fn ChildPanel(desk: Desk, child: PersonId) -> impl IntoView {
    let found = RwSignal::new(Remote::Loading);
    let ask = move || fetch_into::<GetChildPage>(found, child, Nothing {});
    ask();
    // Answers that come while the panel is open are shown in it too.
    let status = Memo::new(move |_| {
        desk.followed
            .page
            .with(|page| Some(page.ready()?.rows.iter().find(|row| row.child == child)?.statuses.clone()))
    });
    Effect::new(move |before: Option<_>| {
        let now = status.get();
        if before.is_some_and(|before| before != now) {
            ask();
        }
        now
    });
    // The name is in the list already: the panel opens with it at once.
    let name = untrack(|| {
        desk.followed.page.with(|page| {
            let row = page.ready()?.rows.iter().find(|row| row.child == child)?;
            Some([row.given_name.as_str(), row.family_name.as_str()].join(" "))
        })
    });
    let about = Signal::derive(move || found.with(|found| found.ready().map(about).unwrap_or_default()));
    let body = move || match found.get() {
        Remote::Loading => {
            view! { <div class="panel__part"><Skeleton label=t("common.loading")/></div> }.into_any()
        }
        Remote::Failed(failure) if failure.is_not_found() => {
            view! { <p class="panel__part soft">{t("common.not-found.text")}</p> }.into_any()
        }
        Remote::Failed(failure) if needs_purpose(&failure) => {
            view! { <div class="panel__part"><SayWhy child again=Callback::new(move |()| ask())/></div> }
                .into_any()
        }
        Remote::Failed(failure) => {
            view! { <div class="panel__part">{words::failure(&failure, ask)}</div> }.into_any()
        }
        Remote::Ready(child) => view! { <Known child/> }.into_any(),
    };
    let heading = name.unwrap_or_else(|| t("staff.group.child"));
    view! {
        <Panel heading about close_label=t("common.close") close=move || desk.close()>{body}</Panel>
    }
}

#[component]
fn Known(child: StaffChildOut) -> impl IntoView {
    let to = Route::Child(child.child);
    view! {
        {child.protected.then(protected_notice)}
        <section class="panel__part">
            <h3>{t("staff.child.calling-order")}</h3>
            <CallingOrder people=child.to_reach/>
        </section>
        {(!child.late.is_empty()).then(|| view! { <p class="panel__part soft">{t("staff.late.in-panel")}</p> })}
        <Sections sections=child.sections class="panel__part"/>
        {beside(child.beside, "panel__part")}
        <div class="panel__part">
            <Link<Route> to=to class="button button--secondary button--wide">{t("staff.child.open")}</Link<Route>>
        </div>
    }
}
