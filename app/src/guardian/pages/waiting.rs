//! *Väntar på att skickas*: what she has pressed send on and the school has not received, and what it waits for.

use super::parts::{banner, link, page, says};
use crate::fields::size;
use crate::forms::{Session, StepKey};
use crate::guardian::Route;
use crate::guardian::work::{Work, use_work};
use crate::guardian::{device, keeper, marks, sender};
use crate::i18n::{date_and_time, locale, t, t_count, t_with};
use crate::router::{Router, page_title, use_router};
use crate::state::tell;
use crate::sync::{Hold, Waiting};
use crate::ui::{El, NoticeKind, StatusKind, button, el, notice, p, status};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::date::Timestamp;

/// The page.
pub(in crate::guardian) fn waiting_page() -> El {
    let (work, router) = (use_work(), use_router::<Route>());
    page_title(|| t("waiting.heading"));
    let items =
        Memo::new(move |_| work.with(|session| session.draft.outbox.items().to_vec()).unwrap_or_default());
    let back = link(Route::Home, "back").with(El::icon("arrow-left")).words(|| t("home.title"));
    page().with(back).with(el("h1", "").words(|| t("waiting.heading"))).part(move || {
        locale();
        let items = items.get();
        untrack(|| draw(work, router, &items))
    })
}

fn draw(work: Work, router: Router<Route>, items: &[Waiting]) -> El {
    if items.is_empty() {
        return says(NoticeKind::Done, &t("waiting.none"));
    }
    El::several()
        .with(p("lead", &t("waiting.lead")))
        .with(el("ol", "tasklist").all(items.iter().map(|item| line(work, router, item))))
        .with(button("button", &t("waiting.send-now")).tap(move || send_now(work)))
        .maybe(home_screen())
}

fn send_now(work: Work) {
    work.change(|session| session.draft.outbox.renewed());
    sender::wake(work);
}

/// Suggested once, now that there is something to gain: what stands on the home screen is not cleared after a week.
fn home_screen() -> Option<El> {
    let is_there =
        || window().match_media("(display-mode: standalone)").ok().flatten().is_some_and(|is| is.matches());
    if !device::is_own() || device::word(device::SUGGESTED).is_some() || is_there() {
        return None;
    }
    let is_new = RwSignal::new(true);
    let read = move || {
        device::remember(device::SUGGESTED, Some("yes"));
        is_new.set(false);
    };
    let inside = El::several().with(p("", &t("waiting.home-screen"))).with(understood(read));
    Some(notice(NoticeKind::Info, "", inside).shown(move || is_new.get()))
}

fn understood(read: impl FnMut() + 'static) -> El {
    button("button button--secondary button--small", &t("told.read")).tap(read)
}

fn line(work: Work, router: Router<Route>, item: &Waiting) -> El {
    let steps: Vec<StepKey> = item.body.content.acts.iter().map(StepKey::of_answer).collect();
    let id = item.id;
    let change = move || {
        // Where something is wrong, otherwise at the beginning.
        let refused = work.with_untracked(|session| session.first_refused(steps.iter().cloned())).flatten();
        let first = refused.or_else(|| steps.first().cloned());
        spawn_local(async move {
            keeper::take_back(work, id).await;
            work.only(first.as_ref());
            router.go(&first.map_or(Route::Home, Route::Step));
        });
    };
    let what = el("div", "task__link");
    let names = answered(work, item, &what);
    // What may be with the school already is not hers to change before that is known.
    let changes = (item.held.is_some() || !item.tried).then(|| {
        let about = el("span", "visually-hidden").text(&names);
        button("button button--secondary button--small", &t("known.change")).with(about).tap(change)
    });
    let (sending, item_now) = (Memo::new(move |_| work.sending.get() == Some(id)), item.clone());
    // What it waits for changes without the rest of the line.
    let state = El::several().part(move || {
        let (kind, word) = state(&item_now, sending.get(), work.signed_in.has_ended());
        status(kind, &word, false)
    });
    let pressed = date_and_time(Timestamp::from_millis(item.pressed));
    let what = what.with(el("span", "task__note").text(&t_with("waiting.pressed", &[("when", &pressed)])));
    let what = what.maybe(with_files(item));
    el("li", "task").with(what).with(state).maybe(changes)
}

/// "2 filer, 3,4 MB": they go first.
fn with_files(item: &Waiting) -> Option<El> {
    let files: Vec<_> = item.body.content.acts.iter().flat_map(|answer| answer.answers.files()).collect();
    let whole = size(files.iter().map(|file| file.bytes).sum());
    let said = || t_count("waiting.files", files.len() as u64, &[("size", &whole)]);
    (!files.is_empty()).then(|| el("span", "task__note").text(&said()))
}

/// Lists what was answered, child by child, and gives the names in one line.
fn answered(work: Work, item: &Waiting, place: &El) -> String {
    let list = |session: &Session| {
        let children = &session.home.children;
        let everybody = children.iter().map(|child| (Some(child.person), child.given_name.clone()));
        let mut names = String::new();
        for (person, name) in [(None, t("home.own"))].into_iter().chain(everybody) {
            let acts = item.body.content.acts.iter().filter(|answer| answer.child == person);
            let acts = acts.filter_map(|answer| session.act(&StepKey::of_answer(answer)));
            let titles =
                el("ul", "task__list").all(acts.map(|act| el("li", "").text(act.act.title.get(locale()))));
            if !titles.is_empty() {
                names = [&names, " ", &name].concat();
                place.add(&el("span", "task__who").text(&name));
                place.add(&titles);
            }
        }
        names
    };
    work.with_untracked(list).unwrap_or_default()
}

fn state(item: &Waiting, is_sending: bool, is_signed_out: bool) -> (StatusKind, String) {
    match item.held {
        None if is_sending => (StatusKind::Waiting, t("waiting.sending")),
        None if is_signed_out => (StatusKind::Action, t("waiting.sign-in")),
        None if item.tried => (StatusKind::Waiting, t("waiting.tried")),
        None => (StatusKind::Waiting, t("waiting.ready")),
        Some(Hold::Invalid) => (StatusKind::Action, t("waiting.invalid")),
        Some(Hold::Stale) => (StatusKind::Action, t("waiting.stale")),
        Some(Hold::Closed) => (StatusKind::Action, t("waiting.closed")),
        Some(Hold::Update) => (StatusKind::Action, t("waiting.update")),
        Some(Hold::Fault) => (StatusKind::Action, t("waiting.fault")),
    }
}

/// How many wait, in the head of every page. Nothing when none does.
pub(in crate::guardian) fn waiting_count(work: Work) -> El {
    let count = work.waiting();
    El::several().part(move || match count.get() {
        0 => El::several(),
        count => {
            if device::is_own() {
                // The browser may be asked not to throw it away (`boot.js`).
                tell("skolstart-unsent");
            }
            let said = t_count("waiting.count", count as u64, &[]);
            link(Route::Waiting, "waitingcount").with(El::icon("clock")).text(&said)
        }
    })
}

/// Says that the page shows what the school said last, because it cannot be reached.
pub(in crate::guardian) fn remembered(work: Work) -> El {
    El::several().part(move || match work.remembered.get() {
        true => banner(says(NoticeKind::Info, &t("offline.remembered"))),
        false => El::several(),
    })
}

/// Says that the browser has thrown away what was kept on the device.
pub(in crate::guardian) fn lost(work: Work) -> El {
    El::several().part(move || match work.lost.get() {
        true => {
            let read = move || {
                marks::take_away();
                work.lost.set(false);
            };
            let inside = El::several().with(p("", &t("offline.lost"))).with(understood(read));
            banner(notice(NoticeKind::Waiting, "", inside))
        }
        false => El::several(),
    })
}
