//! Sends what waits by itself: when the program starts, when the network is back, when the page is shown, after signing in,
//! and by a timer whose pauses grow. Of many tabs one sends. While pages show what the school said before, it is asked again, also
//! where the browser never says that the network is back.
//!
//! Runs what `sync::Sender` decides. Called by the program's root and by `send`, which comes with the later part. Must not:
//! decide what an answer means.

use super::device;
use super::idle::arrive;
use super::later::send_alone;
use super::work::Work;
use crate::live::whenever;
use crate::state::clock;
use crate::sync::{Answer, Next, Sender, again_ms};
use gloo_timers::callback::Timeout;
use js_sys::Math;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::id::SubmissionId;
use std::cell::{Cell, RefCell};

/// How soon it is looked again whether another tab still sends.
const OTHER_TAB_MS: u32 = 2_000;

thread_local! {
    static SENDER: RefCell<Sender> = RefCell::default();
    static TIMER: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    static AGAIN: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Starts following the network. Call once.
pub(super) fn start(work: Work) {
    let online = window_event_listener(leptos::ev::online, move |_| {
        // The school may have changed what it asks while she was away.
        spawn_local(ask(work));
    });
    on_cleanup(move || online.remove());
    let is_away = Memo::new(move |_| work.remembered.get());
    whenever(move || match is_away.get() {
        true => ask_again(work, 0),
        false => drop(AGAIN.take()),
    });
}

/// Asks the school anew. What was locked is ended first, and nothing is shown.
pub(super) async fn ask(work: Work) {
    match device::is_locked() {
        true => arrive(work).await,
        false => drop(work.refresh().await),
    }
}

/// Asks the school after a while whether it is there, as long as somebody looks.
fn ask_again(work: Work, misses: u32) {
    let look = move || {
        if document().hidden() {
            return ask_again(work, misses);
        }
        spawn_local(async move {
            ask(work).await;
            if work.remembered.get_untracked() {
                ask_again(work, misses.saturating_add(1));
            }
        });
    };
    AGAIN.set(Some(Timeout::new(again_ms(misses, chance()), look)));
}

fn chance() -> u32 {
    (Math::random() * f64::from(u32::MAX)) as u32
}

/// Something may have changed: tries at once.
pub(super) fn wake(work: Work) {
    SENDER.with_borrow_mut(Sender::wake);
    go_on(work);
}

/// She has signed in: what waited for that goes.
pub(super) fn signed_in(work: Work) {
    SENDER.with_borrow_mut(Sender::signed_in);
    go_on(work);
}

/// Takes in what came of sending one.
pub(super) fn heard(work: Work, id: SubmissionId, answer: Answer) {
    let (chance, now) = (chance(), clock::now().as_millis());
    work.change(|session| {
        let outbox = &mut session.draft.outbox;
        SENDER.with_borrow_mut(|sender| sender.heard(outbox, id, answer, now, chance));
    });
    if matches!(answer, Answer::Lost | Answer::Busy(_) | Answer::Failed) {
        go_on(work);
    }
}

/// What can be sent now.
pub(super) fn next(work: Work) -> Next {
    let now = clock::now().as_millis();
    let next = |session: &crate::forms::Session| {
        SENDER.with_borrow(|sender| sender.next(&session.draft.outbox, now))
    };
    work.with_untracked(next).unwrap_or(Next::Rest)
}

/// Sends what can be sent now, or comes back when the pause is over.
fn go_on(work: Work) {
    match next(work) {
        Next::Rest => {}
        Next::Wait(millis) => come_back(work, millis),
        Next::Send(_) if BUSY.replace(true) => {}
        Next::Send(_) => spawn_local(async move {
            send_alone(work).await;
            BUSY.set(false);
            match next(work) {
                Next::Rest => {}
                // The pause that has begun.
                Next::Wait(_) => go_on(work),
                // Another tab is sending, or this page's own former one has just been left.
                Next::Send(_) => come_back(work, OTHER_TAB_MS),
            }
        }),
    }
}

fn come_back(work: Work, millis: u32) {
    let timer = Timeout::new(millis, move || go_on(work));
    TIMER.with_borrow_mut(|waiting| *waiting = Some(timer));
}
