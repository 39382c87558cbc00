//! The button that signs out. Asks first when something has not been sent: it is erased from the device.

use crate::guardian::Route;
use crate::guardian::device;
use crate::guardian::later::{erase_at_school, send_waiting};
use crate::guardian::school;
use crate::guardian::work::use_work;
use crate::i18n::t;
use crate::router::use_router;
use crate::state::{Who, use_session};
use crate::ui::{El, button, dialog, el, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button, with its question.
pub(in crate::guardian) fn sign_out() -> El {
    let (session, work, router) = (use_session(), use_work(), use_router::<Route>());
    let asking = RwSignal::new(false);
    let leave = move || {
        asking.set(false);
        spawn_local(async move {
            match session.end().await {
                Ok(()) => {}
                Err(failure) if failure.is_away() => {
                    // Ended as soon as the school is reached, and before anything is shown: as what was locked.
                    device::lock(true);
                    session.set(Who::Nobody);
                }
                Err(_) => return toast(t("common.sign-out-failed")),
            }
            // Said first: a tab that is saving right now gives up.
            device::left();
            work.end().await;
            work.device.set(device::kind());
            router.go(&Route::Home);
        });
    };
    let and_erase = move || {
        spawn_local(async move {
            erase_at_school(work).await;
            leave();
        });
    };
    let and_keep = move || {
        spawn_local(async move {
            school::save(work).await;
            if school::has(work) { leave() } else { toast(t("common.sign-out-failed")) }
        });
    };
    let press = move || {
        spawn_local(async move {
            // What waits goes first, if it can.
            send_waiting(work).await;
            if untrack(move || work.has_draft()) { asking.set(true) } else { leave() }
        });
    };
    let yes = button("button button--danger", "").words(|| t("sign-out.yes")).tap(and_erase);
    // What she has pressed send on is not kept that way.
    let waiting = work.waiting();
    let can_keep = move || waiting.get() == 0 && school::keeps(work);
    let keep = button("button", "").words(|| t("sign-out.keep")).tap(and_keep).shown(can_keep);
    let no = button("button button--quiet", "").words(|| t("sign-out.no")).tap(move || asking.set(false));
    let question = El::several()
        .with(el("p", "").words(|| t("sign-out.text")))
        .with(el("p", "").words(|| t("sign-out.kept")).shown(can_keep))
        .with(el("div", "dialog__actions").with(keep).with(yes).with(no));
    let leaving = button("iconbutton", "")
        .with(El::icon("sign-out"))
        .with(el("span", "visually-hidden").words(|| t("common.sign-out")))
        .tap(press);
    El::several().with(leaving).with(dialog(asking, "sign-out-name", || t("sign-out.heading"), question))
}
