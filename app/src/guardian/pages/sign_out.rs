//! The button that signs out. Asks first when something has not been sent: it is erased from the device.

use crate::guardian::Route;
use crate::guardian::work::use_work;
use crate::i18n::t;
use crate::live::{tap, words};
use crate::router::use_router;
use crate::state::use_session;
use crate::ui::{Dialog, Icon, toast};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button, with its question.
#[component]
pub(in crate::guardian) fn SignOut() -> impl IntoView {
    let (session, work, router) = (use_session(), use_work(), use_router::<Route>());
    let asking = RwSignal::new(false);
    let leave = move || {
        asking.set(false);
        spawn_local(async move {
            if session.end().await.is_err() {
                return toast(t("common.sign-out-failed"));
            }
            work.end().await;
            router.go(&Route::Home);
        });
    };
    let press = move |_| if untrack(move || work.has_draft()) { asking.set(true) } else { leave() };
    view! {
        <button class="iconbutton" type="button" on:click=tap(press)>
            <Icon name="sign-out"/><span class="visually-hidden">{words(|| t("common.sign-out"))}</span>
        </button>
        <Dialog open=asking heading=|| t("sign-out.heading")>
            <p>{words(|| t("sign-out.text"))}</p>
            <div class="dialog__actions">
                <button class="button button--danger" type="button" on:click=tap(move |_| leave())>{words(|| t("sign-out.yes"))}</button>
                <button class="button button--quiet" type="button" on:click=tap(move |_| asking.set(false))>{words(|| t("sign-out.no"))}</button>
            </div>
        </Dialog>
    }
}
