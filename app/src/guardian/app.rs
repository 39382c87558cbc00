//! The guardian program's root: contexts, the head of the page, and which page stands.

use super::idle::{arrive, idle};
use super::keeper;
use super::later::later_page;
use super::pages::{
    banner, device_question, home, loading, lost, not_found, page as main_page, remembered, sign_in,
    sign_out, step_page, waiting_count,
};
use super::routes::Route;
use super::sender;
use super::tabs::watch_page;
use super::work::Work;
use crate::i18n::{change_locale, languages, locale, start, t};
use crate::later::{Fetch, Later};
use crate::live::whenever;
use crate::router::{Router, use_router};
use crate::state::{Online, Session, Version, Who, use_version, watch_theme};
use crate::ui::{
    El, NoticeKind, app_bar, button, el, language_switch, notice, p, skeleton, toast, toast_with, toasts,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{HomeOut, SessionOut};

/// The program. `fetch` brings what the first page does not need.
pub fn app(fetch: Fetch) -> El {
    let router = Router::<Route>::start();
    let session = Session::start();
    let work = Work::start(session, Later::start(fetch));
    Online::start();
    Version::start();
    watch_theme();
    watch_page(work);
    sender::start(work);
    let has_texts = RwSignal::new(false);
    spawn_local(async move {
        start().await;
        arrive(work).await;
        if let Who::Unreachable(failure) = session.who_untracked()
            && failure.is_away()
            && let Some(home) = keeper::remembered(work).await
        {
            session.go_on_as(known_as(&home));
        }
        has_texts.set(true);
    });
    let person = Memo::new(move |_| session.person().map(|person| person.person));
    whenever(move || {
        // Where things may be kept is known first.
        if person.get().is_some() && work.device.get().is_some() {
            work.load();
            sender::signed_in(work);
        }
    });
    whenever(move || {
        if let Some(id) = work.arrived.get() {
            toast_with(t("waiting.arrived"), t("receipt.title"), move || router.go(&Route::Receipt(id)));
        }
    });
    El::several().part(move || match has_texts.get() {
        false => skeleton("Skolstart"),
        true => untrack(|| frame(work, router, session)),
    })
}

fn frame(work: Work, router: Router<Route>, session: Session) -> El {
    El::several()
        .with(el("a", "skip").attr("href", "#main").words(|| t("common.skip")))
        .with(head(work, router, session))
        .part(move || page(router, session, work))
        .with(idle(work))
        .all(toasts())
}

/// Whom the school spoke to last, as far as this program asks who that is.
fn known_as(home: &HomeOut) -> SessionOut {
    let (person, name) = (home.me.person, home.me.name.clone());
    SessionOut { person, name, is_guardian: true, staff_at: Vec::new(), is_municipal: false }
}

fn page(router: Router<Route>, session: Session, work: Work) -> El {
    let (route, who, device) = (router.get(), session.who(), work.device.get());
    // A page follows what it shows itself.
    untrack(|| match who {
        Who::Unknown => loading(),
        Who::Unreachable(_) => unreachable(work),
        Who::Nobody => sign_in(),
        Who::SignedIn(_) | Who::Ended(_) if device.is_none() => device_question(),
        Who::SignedIn(_) | Who::Ended(_) => match route {
            Some(Route::Home) => home(),
            Some(Route::SignIn) => sign_in(),
            Some(Route::Step(step)) => step_page(step),
            Some(route) => later_page(route),
            None => not_found(),
        },
    })
}

fn head(work: Work, router: Router<Route>, session: Session) -> El {
    let version = use_version();
    let choose = move |code: String| {
        spawn_local(async move {
            if change_locale(&code).await {
                work.load();
            } else {
                toast(t("common.language-failed"));
            }
        });
    };
    let language = language_switch(|| t("common.language"), &languages(), || locale().as_str(), choose);
    let tools = El::several().with(waiting_count(work)).with(language).part(move || match session.person() {
        Some(_) => untrack(sign_out),
        None => El::several(),
    });
    El::several()
        .with(app_bar("/", move || place(work, router, session), tools))
        .part(move || match session.has_ended() {
            true => ended(),
            false => El::several(),
        })
        .part(move || match version.is_old() {
            true => newer(work, version),
            false => El::several(),
        })
        .with(remembered(work))
        .with(lost(work))
}

/// "Alva · Ekbackens skola, 1 B", on the pages about a child.
fn place(work: Work, router: Router<Route>, session: Session) -> String {
    // A locked device names nobody.
    if session.person().is_none() {
        return String::new();
    }
    let child = match router.get() {
        Some(Route::Step(step)) => step.child,
        Some(
            Route::Child(child)
            | Route::Consents(child)
            | Route::Readers(child)
            | Route::Application(child, _),
        ) => Some(child),
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
fn ended() -> El {
    let router = use_router::<Route>();
    let words = el("p", "")
        .with(el("b", "").text(&t("common.ended.heading")))
        .text(" ")
        .text(&t("common.ended.text"));
    let again = button("button button--secondary button--small", &t("common.ended.sign-in"))
        .tap(move || router.go(&Route::SignIn));
    let inside = El::several().with(words).with(again);
    banner(notice(NoticeKind::Error, "", inside))
}

/// A newer version of the program is on the device: hers to decide when.
fn newer(work: Work, version: Version) -> El {
    let update = move || {
        spawn_local(async move {
            keeper::keep(work).await;
            version.update();
        });
    };
    let now = button("button button--secondary button--small", &t("common.newer.update")).tap(update);
    let inside = El::several().with(p("", &t("common.newer.text"))).with(now);
    banner(notice(NoticeKind::Info, "", inside))
}

fn unreachable(work: Work) -> El {
    let online = window_event_listener(leptos::ev::online, move |_| spawn_local(arrive(work)));
    on_cleanup(move || online.remove());
    main_page()
        .with(el("h1", "").text(&t("common.error.heading")))
        .with(notice(NoticeKind::Info, "", p("", &t("common.error.offline"))))
        .with(button("button", &t("common.try-again")).tap(move || spawn_local(arrive(work))))
}
