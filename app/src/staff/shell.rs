//! What stands around every page: the rail, and the notices about the session and the network.

use super::routes::Route;
use super::sees::may;
use crate::fields::forget_uploads;
use crate::i18n::{change_locale, languages, locale, t};
use crate::router::{Link, use_router};
use crate::state::{Remote, Theme, fetch_into, use_online, use_session, use_theme};
use crate::ui::{Brand, Icon, LanguageSwitch, Notice, NoticeKind, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::access::Action;
use skolstart_shared::api::{GetKitchens, GetProtected, KitchenUnit, Nothing, ProtectedChild};

/// The rail while nobody is known to be signed in.
#[component]
pub(super) fn BareRail() -> impl IntoView {
    view! {
        <nav class="rail" aria-label=t("staff.rail.label")>
            <Brand href="/personal/"/>
            <div class="rail__foot"><StaffLanguage/><ThemeSwitch/></div>
        </nav>
    }
}

/// Left on a laptop, on top on a phone: where one can go, who one is, language, colours, sign out.
#[component]
pub(super) fn Rail() -> impl IntoView {
    let session = use_session();
    let sees =
        move |action: Action| Memo::new(move |_| session.person().is_some_and(|person| may(&person, action)));
    let works_with_children = sees(Action::ReadChild);
    let kitchens = RwSignal::new(Remote::<Vec<KitchenUnit>>::Loading);
    let hidden = RwSignal::new(Remote::<Vec<ProtectedChild>>::Loading);
    Effect::new(move |_| {
        if works_with_children.get() {
            fetch_into::<GetKitchens>(kitchens, (), Nothing {});
            fetch_into::<GetProtected>(hidden, (), Nothing {});
        }
    });
    let cooks =
        Memo::new(move |_| kitchens.with(|units| units.ready().is_some_and(|units| !units.is_empty())));
    let protects =
        Memo::new(move |_| hidden.with(|found| found.ready().is_some_and(|found| !found.is_empty())));
    view! {
        <nav class="rail" aria-label=t("staff.rail.label")>
            <Brand href="/personal/"/>
            <ul class="rail__list">
                {entry(sees(Action::ReadUnits), Route::Units, "list", t("staff.rail.units"))}
                {entry(sees(Action::HandleTodos), Route::Todos, "check", t("staff.rail.todos"))}
                {entry(sees(Action::HandleApplications), Route::Applications, "pencil", t("staff.rail.applications"))}
                {entry(cooks, Route::Kitchen, "food", t("staff.rail.kitchen"))}
                {entry(protects, Route::Protected, "shield", t("staff.rail.protected"))}
                {entry(sees(Action::ExportLists), Route::Bulk, "receipt", t("bulk.title"))}
                {entry(sees(Action::ReadTrail), Route::Review, "search", t("review.title"))}
                {entry(sees(Action::ReadMunicipality), Route::Municipality, "chart", t("staff.rail.municipality"))}
                {entry(sees(Action::ReadInventory), Route::Elements(None), "filter", t("staff.rail.elements"))}
                {entry(sees(Action::ReadInventory), Route::Forms(None), "receipt", t("staff.rail.forms"))}
                {entry(sees(Action::ReadForms), Route::Builder, "pencil", t("builder.title"))}
                {entry(sees(Action::ReadForms), Route::Rounds, "clock", t("rounds.title"))}
                {entry(sees(Action::ReadRetention), Route::Retention, "lock", t("retention.title"))}
                {entry(sees(Action::GiveMandates), Route::Mandates, "shield", t("mandates.title"))}
            </ul>
            <RailFoot/>
        </nav>
    }
}

/// One line of the rail, while it is hers.
fn entry(shown: Memo<bool>, to: Route, icon: &'static str, word: String) -> impl IntoView {
    move || shown.get().then(|| view! { <li><RailLink to=to.clone() icon word=word.clone()/></li> })
}

#[component]
fn RailLink(to: Route, icon: &'static str, word: String) -> impl IntoView {
    let router = use_router::<Route>();
    let here = to.clone();
    let current = move || {
        let is_here = match router.get() {
            Some(Route::Municipality) => here == Route::Municipality,
            Some(Route::Applications | Route::Application(..)) => here == Route::Applications,
            Some(Route::Todos | Route::Todo(..)) => here == Route::Todos,
            Some(Route::Kitchen) => here == Route::Kitchen,
            Some(Route::Protected) => here == Route::Protected,
            Some(Route::Elements(_)) => here == Route::Elements(None),
            Some(Route::Forms(_) | Route::Overlap) => here == Route::Forms(None),
            Some(Route::Builder | Route::Draft(_)) => here == Route::Builder,
            Some(Route::Rounds) => here == Route::Rounds,
            Some(Route::Sessions) => here == Route::Sessions,
            Some(Route::Retention) => here == Route::Retention,
            Some(Route::Mandates) => here == Route::Mandates,
            Some(Route::Review) => here == Route::Review,
            Some(Route::Bulk) => here == Route::Bulk,
            Some(_) => here == Route::Units,
            None => false,
        };
        is_here.then_some("page")
    };
    view! {
        <Link<Route> to=to class="rail__link" attr:aria-current=current><Icon name=icon/>{word}</Link<Route>>
    }
}

#[component]
fn RailFoot() -> impl IntoView {
    let session = use_session();
    let person = Memo::new(move |_| session.person());
    let who = move || {
        person.get().map(|person| {
            let unit = person.staff_at.first().map(|duty| duty.name.clone());
            let place = if person.is_municipal { Some(t("staff.rail.whole-municipality")) } else { unit };
            view! { <p class="rail__who"><b>{person.name}</b>{place}</p> }
        })
    };
    let leave = move |_| {
        spawn_local(async move {
            match session.end().await {
                Ok(_) => forget_uploads(),
                Err(_) => toast(t("common.sign-out-failed")),
            }
        });
    };
    view! {
        <div class="rail__foot">
            {who}
            <StaffLanguage/>
            <ThemeSwitch/>
            <RailLink to=Route::Sessions icon="lock" word=t("sessions.title")/>
            <button class="rail__link" type="button" on:click=leave><Icon name="sign-out"/>{t("common.sign-out")}</button>
        </div>
    }
}

/// The choice of language, also on the sign-in page.
#[component]
pub(super) fn StaffLanguage() -> impl IntoView {
    let choose = |code: String| {
        spawn_local(async move {
            if !change_locale(&code).await {
                toast(t("common.language-failed"));
            }
        });
    };
    view! {
        <LanguageSwitch
            label=|| t("common.language")
            languages=languages()
            current=|| locale().as_str()
            choose
        />
    }
}

/// Light, dark, or as the system. One button that goes round.
#[component]
pub(super) fn ThemeSwitch() -> impl IntoView {
    let theme = use_theme();
    let next = move |_| {
        theme.update(|theme| {
            *theme = match theme {
                Theme::Auto => Theme::Light,
                Theme::Light => Theme::Dark,
                Theme::Dark => Theme::Auto,
            }
        });
    };
    let word = move || match theme.get() {
        Theme::Auto => t("staff.theme.auto"),
        Theme::Light => t("staff.theme.light"),
        Theme::Dark => t("staff.theme.dark"),
    };
    let icon = move || view! { <Icon name=if theme.get() == Theme::Dark { "moon" } else { "sun" }/> };
    view! { <button class="rail__link" type="button" on:click=next>{icon}<span class="visually-hidden">{t("staff.theme.label")}</span>{word}</button> }
}

/// "Du har loggats ut", with a sign-in that comes back to the same page.
#[component]
pub(super) fn EndedNotice() -> impl IntoView {
    let session = use_session();
    let again = move |_| spawn_local(session.load());
    move || {
        session.has_ended().then(|| view! {
            <Notice kind=NoticeKind::Waiting icon="lock">
                <p><b>{t("common.ended.heading")}</b>" "{t("common.ended.text")}</p>
                <p><button class="button button--small" type="button" on:click=again>{t("common.ended.sign-in")}</button></p>
            </Notice>
        })
    }
}

/// Says that the device has no network.
#[component]
pub(super) fn OfflineNotice() -> impl IntoView {
    let online = use_online();
    move || {
        (!online.get()).then(|| {
            view! {
                <Notice kind=NoticeKind::Waiting icon="wifi-off">
                    <p><b>{t("common.offline")}</b>" "{t("staff.offline")}</p>
                </Notice>
            }
        })
    }
}
