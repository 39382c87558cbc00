//! Of many tabs one sends: the one that has the browser's lock (Web Locks), or a lease where there are none. Comes with the
//! later part; `sender` decides when.

use super::device::{remember, word};
use super::send::send_one;
use super::sender::next;
use super::work::Work;
use crate::api::new_id;
use crate::state::clock;
use crate::sync::{Lease, Next};
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use skolstart_shared::id::SubmissionId;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// The lock that the sending tab holds, and the place of the lease.
const LOCK: &str = "skolstart-send";

/// Sends while there is something to send, unless another tab does.
pub(super) async fn alone(work: Work) {
    let Some((locks, request)) = locks() else { return with_lease(work).await };
    let callback = Closure::once_into_js(move |lock: JsValue| {
        if lock.is_null() {
            return JsValue::UNDEFINED;
        }
        let sending = future_to_promise(async move {
            send_all(work, || true).await;
            Ok(JsValue::UNDEFINED)
        });
        JsValue::from(sending)
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let asked = request.call3(&locks, &LOCK.into(), &options, &callback);
    let was_refused = match asked.and_then(JsCast::dyn_into::<Promise>) {
        Ok(sending) => JsFuture::from(sending).await.is_err(),
        Err(_) => true,
    };
    if was_refused {
        // A browser that has locks and gives none here: as one without.
        with_lease(work).await;
    }
}

/// Where the browser remembers nothing, no other tab has anything to send either: the outbox is not kept.
async fn with_lease(work: Work) {
    // A name of this tab, for as long as it sends.
    let me = new_id::<SubmissionId>(clock::now()).map(|id| id.to_string()).unwrap_or_default();
    send_all(work, || take(&me)).await;
    if word(LOCK).is_some_and(|held| Lease::parse(&held).is_some_and(|lease| !lease.binds(&me, now()))) {
        remember(LOCK, None);
    }
}

/// Takes or renews the lease, unless another tab has it.
fn take(me: &str) -> bool {
    let held = word(LOCK);
    if held.as_deref().and_then(Lease::parse).is_some_and(|lease| lease.binds(me, now())) {
        return false;
    }
    remember(LOCK, Some(&Lease::of(me, now()).to_word()));
    true
}

fn now() -> i64 {
    clock::now().as_millis()
}

async fn send_all(work: Work, may: impl Fn() -> bool) {
    while let Next::Send(id) = next(work) {
        if !may() {
            return;
        }
        // What else came of it is in the outbox by now.
        if send_one(work, id).await.is_ok() {
            work.arrived.set(Some(id));
        }
    }
}

fn locks() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
