//! Sending: freezes what is sent under one id, sends it, and says in words what came of it. Never loses anything.
//!
//! Called by the pages. The outbox of `sync` will take over what happens without a network.

use super::keeper;
use super::work::{Refusal, Work};
use crate::api::{ApiFailure, client, new_id};
use crate::forms::{Frozen, Place, place_of};
use crate::json;
use crate::state::clock;
use js_sys::Uint8Array;
use leptos::prelude::*;
use skolstart_shared::api::{Conflict, ErrorCode, PutSubmission};
use skolstart_shared::receipt::Receipt;
use skolstart_shared::submission::{ContentHash, SubmissionContent, SubmissionIn};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A value that somebody else has changed in the meantime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clash {
    /// Where.
    pub(super) place: Place,
    /// What came.
    pub(super) conflict: Conflict,
}

/// Why nothing was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The school was not reached, or its answer was lost: the same can be sent again.
    Offline,
    /// She must sign in again.
    SignedOut,
    /// Too much at the same time: again in a while.
    Busy,
    /// The round is closed, or she no longer decides for the child.
    Closed,
    /// The same id was used for something else.
    Mixed,
    /// Something must be answered otherwise; [`Work::refused`] says what.
    Invalid,
    /// Values have changed in the meantime: she chooses.
    Stale(Vec<Clash>),
    /// A fault of ours.
    Unexpected,
}

/// Sends, and gives the receipt. The draft of what was sent is gone after that, and the page shows the new state.
pub(super) async fn send(work: Work, content: SubmissionContent) -> Result<Receipt, Trouble> {
    let frozen = freeze(work, content).await.map_err(|_| Trouble::Unexpected)?;
    // On the device first: after a lost answer and a reload the same id goes out again.
    keeper::keep(work).await;
    let body = json::write(&frozen.body).map_err(|_| Trouble::Unexpected)?;
    match client::call_with_body::<PutSubmission>(&frozen.id, body).await {
        Ok(receipt) => {
            let receipt = json::read(&receipt).map_err(|_| Trouble::Unexpected)?;
            received(work).await;
            Ok(receipt)
        }
        Err(failure) => Err(trouble(work, &frozen.body.content, failure)),
    }
}

async fn freeze(work: Work, content: SubmissionContent) -> Result<Frozen, JsValue> {
    if let Some(frozen) = work.with_untracked(|session| session.frozen_as(&content).cloned()).flatten() {
        return Ok(frozen);
    }
    // The same bytes as `canonical_bytes`, which is the server's.
    let text = json::write(&content).map_err(|_| JsValue::NULL)?;
    let crypto = web_sys::window().ok_or(JsValue::NULL)?.crypto()?;
    let digest = crypto.subtle().digest_with_str_and_u8_array("SHA-256", text.as_bytes())?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await?).to_vec();
    let id = new_id(clock::now()).ok_or(JsValue::NULL)?;
    let frozen = Frozen { id, body: SubmissionIn { content, hash: ContentHash::of_digest(&digest) } };
    work.change(|session| session.draft.frozen = Some(frozen.clone()));
    Ok(frozen)
}

async fn received(work: Work) {
    work.session.update(|session| {
        if let Some(session) = session {
            session.received();
        }
    });
    work.refused.set(Vec::new());
    if work.with_untracked(|session| session.draft.is_empty()).unwrap_or(true) {
        work.forget().await;
    } else {
        keeper::keep(work).await;
    }
    keeper::tell_sent();
    // The receipt is there; what the start page shows can wait for a network.
    let _ = work.refresh().await;
}

fn trouble(work: Work, sent: &SubmissionContent, failure: ApiFailure) -> Trouble {
    let error = match failure {
        ApiFailure::Offline => return Trouble::Offline,
        ApiFailure::SignedOut => {
            work.heed(&ApiFailure::SignedOut);
            return Trouble::SignedOut;
        }
        ApiFailure::Refused(error) => error,
        ApiFailure::Unexpected(_) => return Trouble::Unexpected,
    };
    match error.code {
        ErrorCode::Busy => Trouble::Busy,
        ErrorCode::Closed | ErrorCode::NotFound => Trouble::Closed,
        ErrorCode::HashMismatch => {
            // Another id next time: what was received under this one stands.
            work.change(|session| session.draft.frozen = None);
            Trouble::Mixed
        }
        ErrorCode::Stale => {
            let clash = |conflict: Conflict| Some(Clash { place: place_of(sent, &conflict.path)?, conflict });
            Trouble::Stale(error.conflicts.into_iter().filter_map(clash).collect())
        }
        ErrorCode::Invalid => {
            let refusal = |mut violation: skolstart_shared::Violation| {
                let place = place_of(sent, &violation.path)?;
                violation.path = place.path;
                Some(Refusal { step: place.step, violation })
            };
            work.refused.set(error.violations.into_iter().filter_map(refusal).collect());
            Trouble::Invalid
        }
        _ => Trouble::Unexpected,
    }
}
