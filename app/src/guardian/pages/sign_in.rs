//! Sign in: the ways that the municipality has set up, and in the demo also whom to be.

use super::code_entry::code_entry;
use super::failure_text;
use super::parts::{drawn_head, h2, page, says, waiting};
use super::personas::Personas;
use crate::api::client;
use crate::guardian::Route;
use crate::guardian::device;
use crate::guardian::work::{Work, use_work};
use crate::i18n::{locale, t, t_or, t_with};
use crate::live::whenever;
use crate::router::{Router, page_title, use_router};
use crate::state::{Remote, Session, use_session};
use crate::storage::has_unsent;
use crate::ui::{El, NoticeKind, button, el};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{BeginSignIn, ListSignInWays, Nothing, SignInIn, SignInWay, WayKey};
use std::rc::Rc;

/// Where the server sends somebody who could not be signed in, followed by why.
const REFUSED: &str = "/logga-in";

/// The page.
pub(in crate::guardian) fn sign_in() -> El {
    page_title(|| t("sign-in.title"));
    let offered = RwSignal::new(Remote::Loading);
    let why = RwSignal::new(address().strip_prefix("/logga-in/").unwrap_or_default().to_owned());
    whenever(move || {
        // The names of the ways and the texts about the personas are in the language of the request.
        locale();
        spawn_local(async move {
            let ways = client::call::<ListSignInWays>(&(), &Nothing {}).await;
            let personas = Personas::ask().await;
            let answer = ways.map(|ways| (ways, personas));
            let _ = offered.try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
        });
    });
    come_back();
    page().part(move || {
        offered.with(|offered| match offered {
            Remote::Loading => waiting(),
            Remote::Failed(failure) => {
                let head = el("h1", "").text(&t("sign-in.title"));
                head_and(head, says(NoticeKind::Info, &failure_text(failure)))
            }
            Remote::Ready((ways, personas)) => choices(ways, personas, why),
        })
    })
}

fn head_and(head: El, rest: El) -> El {
    El::several().with(drawn_head(el("header", "pagehead").with(head), "pencil")).with(rest)
}

fn choices(ways: &[SignInWay], personas: &Personas, why: RwSignal<String>) -> El {
    let ways = ways.iter().filter(|way| way.guardians);
    let ways: Vec<El> = ways.map(|way| way_to(way, why)).collect();
    // The demo has a heading of its own, and stands alone where no way is set up.
    let (alone, demo) = (ways.is_empty(), !personas.is_empty());
    let told = El::several().part(move || {
        let words = t_or(&["sign-in.why.", &why.get()].concat(), "");
        if words.is_empty() { El::several() } else { says(NoticeKind::Info, &words) }
    });
    let heading = if alone && demo { t("sign-in.heading") } else { t("sign-in.title") };
    let head = El::several().with(el("h1", "").text(&heading));
    let about = if demo { t("sign-in.lead") } else { t("sign-in.none") };
    let head = if alone { head.with(el("p", "lead").text(&about)) } else { head };
    let (session, work, router) = (use_session(), use_work(), use_router::<Route>());
    let unsent = RwSignal::new(false);
    if device::is_own() {
        spawn_local(async move {
            let _ = unsent.try_set(has_unsent().await);
        });
    }
    let waits = El::several().part(move || match unsent.get() {
        true => says(NoticeKind::Waiting, &t("waiting.unsent")),
        false => El::several(),
    });
    let entered = move || spawn_local(async move { arrived(session, work, router).await });
    let mut rest = told.with(waits).with(el("div", "stack").all(ways)).with(code_entry(Rc::new(entered)));
    if demo {
        if !alone {
            rest = rest.with(h2(&t("sign-in.heading"))).with(el("p", "").text(&t("sign-in.lead")));
        }
        rest = rest.with(personas.list());
    }
    head_and(head, rest)
}

/// The button of a way. A page with answers that have not been kept stays, and signing in happens in a tab of its own.
fn way_to(way: &SignInWay, why: RwSignal<String>) -> El {
    let (key, session) = (way.key.clone(), use_session());
    button("button button--wide", &t_with("sign-in.with", &[("name", &way.name)])).tap(move || {
        let key = key.clone();
        spawn_local(async move {
            match begin(&key).await {
                Some(there) => {
                    let target = if session.has_ended_untracked() { "_blank" } else { "_self" };
                    let _ = window().open_with_url_and_target(&there, target);
                }
                None => why.set("down".to_owned()),
            }
        });
    })
}

async fn begin(way: &WayKey) -> Option<String> {
    let here = address();
    let back = if here.starts_with(REFUSED) { "/".to_owned() } else { here };
    Some(client::call::<BeginSignIn>(way, &SignInIn { back }).await.ok()?.address)
}

fn address() -> String {
    window().location().pathname().unwrap_or_default()
}

/// She has signed in in another tab and is here again.
fn come_back() {
    let (router, session, work) = (use_router::<Route>(), use_session(), use_work());
    let focus = window_event_listener(leptos::ev::focus, move |_| {
        if session.has_ended_untracked() {
            spawn_local(async move { arrived(session, work, router).await });
        }
    });
    on_cleanup(move || focus.remove());
}

/// Somebody has signed in: she who was here before, or somebody else.
async fn arrived(session: Session, work: Work, router: Router<Route>) {
    let before = session.person().map(|before| before.person);
    if !session.ask_again().await {
        return;
    }
    // What was to be ended was another session.
    device::lock(false);
    if before.is_some() {
        if session.person().map(|now| now.person) != before {
            work.end().await;
        }
        work.load();
    }
    match router.get_untracked() {
        // Nobody comes back to signing in, nor to a code in its address.
        Some(Route::SignIn) => router.replace(&Route::Home),
        _ => router.go(&Route::Home),
    }
}
