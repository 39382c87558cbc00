//! The guardian program's root: contexts, the head of the page, and which page stands.

use super::keeper;
use super::pages::{ChildPage, Home, NotFound, ReceiptPage, Receipts, Review, SignIn, SignOut, StepPage};
use super::routes::Route;
use super::work::{Work, use_work};
use crate::i18n::{change_locale, languages, locale, start, t};
use crate::live::{part, tap, whenever, words};
use crate::router::{Router, use_router};
use crate::state::{Online, Session, Who, use_session, watch_theme};
use crate::ui::{AppBar, LanguageSwitch, Notice, NoticeKind, Skeleton, Toasts, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The program.
#[component]
pub fn App() -> impl IntoView {
    let router = Router::<Route>::start();
    let session = Session::start();
    let work = Work::start(session);
    Online::start();
    watch_theme();
    keeper::watch_page(work);
    let has_texts = RwSignal::new(false);
    spawn_local(async move {
        start().await;
        session.load().await;
        has_texts.set(true);
    });
    let person = Memo::new(move |_| session.person().map(|person| person.person));
    whenever(move || {
        if person.get().is_some() {
            work.load();
        }
    });
    view! {
        {part(move || match has_texts.get() {
            false => view! { <Skeleton label="Skolstart"/> }.into_any(),
            true => view! {
                <a class="skip" href="#main">{words(|| t("common.skip"))}</a>
                <Head/>
                {part(move || page(router, session))}
                <Toasts/>
            }
            .into_any(),
        })}
    }
}

fn page(router: Router<Route>, session: Session) -> AnyView {
    let route = router.get();
    match session.who() {
        Who::Unknown => {
            view! { <main class="page" id="main"><Skeleton label=t("common.loading")/></main> }.into_any()
        }
        Who::Unreachable(_) => view! { <Unreachable/> }.into_any(),
        Who::Nobody => view! { <SignIn/> }.into_any(),
        Who::SignedIn(_) | Who::Ended(_) => match route {
            Some(Route::Home) => view! { <Home/> }.into_any(),
            Some(Route::SignIn) => view! { <SignIn/> }.into_any(),
            Some(Route::Step(step)) => view! { <StepPage step/> }.into_any(),
            Some(Route::Review) => view! { <Review/> }.into_any(),
            Some(Route::Child(child)) => view! { <ChildPage child/> }.into_any(),
            Some(Route::Receipts) => view! { <Receipts/> }.into_any(),
            Some(Route::Receipt(id)) => view! { <ReceiptPage id/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        },
    }
}

#[component]
fn Head() -> impl IntoView {
    let work = use_work();
    let session = use_session();
    let router = use_router::<Route>();
    let choose = move |code: String| {
        spawn_local(async move {
            if change_locale(&code).await {
                work.load();
            } else {
                toast(t("common.language-failed"));
            }
        });
    };
    let ended = part(move || session.has_ended().then(|| view! { <Ended/> }).into_any());
    view! {
        <AppBar home="/" place=move || place(work, router)>
            <LanguageSwitch
                label=|| t("common.language")
                languages=languages()
                current=|| locale().as_str()
                choose
            />
            {part(move || session.person().map(|_| view! { <SignOut/> }).into_any())}
        </AppBar>
        {ended}
    }
}

/// "Alva · Ekbackens skola, 1 B", on the pages about a child.
fn place(work: Work, router: Router<Route>) -> String {
    let child = match router.get() {
        Some(Route::Step(step)) => step.child,
        Some(Route::Child(child)) => Some(child),
        _ => None,
    };
    work.home.with(|home| {
        let child =
            home.ready().and_then(|home| home.children.iter().find(|other| Some(other.person) == child));
        let Some(child) = child else { return String::new() };
        let parts = [Some(&child.given_name), child.unit.as_ref(), child.group.as_ref()];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
    })
}

/// The session has ended while she was writing: nothing is lost.
#[component]
fn Ended() -> impl IntoView {
    let router = use_router::<Route>();
    view! {
        <div class="page">
            <Notice kind=NoticeKind::Error>
                <p><b>{t("common.ended.heading")}</b>" "{t("common.ended.text")}</p>
                <button class="button button--secondary button--small" type="button" on:click=tap(move |_| router.go(&Route::SignIn))>
                    {t("common.ended.sign-in")}
                </button>
            </Notice>
        </div>
    }
}

#[component]
fn Unreachable() -> impl IntoView {
    let session = use_session();
    view! {
        <main class="page" id="main" tabindex="-1">
            <h1>{t("common.error.heading")}</h1>
            <Notice kind=NoticeKind::Error><p>{t("common.error.offline")}</p></Notice>
            <button class="button" type="button" on:click=tap(move |_| spawn_local(session.load()))>
                {t("common.try-again")}
            </button>
        </main>
    }
}
