//! Sending: freezes what is sent under one id, sends it, and says in words what came of it. Never loses anything: what is
//! frozen lies in the outbox until a receipt comes or she takes it back.
//!
//! Called by the pages and by `sender`, which sends what is left by itself.

use super::keeper;
use super::kept_files;
use super::school;
use super::sender;
use super::tabs::tell_sent;
use super::work::Work;
use crate::api::{ApiFailure, client, new_id};
use crate::fields::arrives;
use crate::forms::{Place, Session, place_of};
use crate::json;
use crate::state::clock;
use crate::sync::{Answer, Hold, Waiting};
use js_sys::Uint8Array;
use leptos::prelude::*;
use skolstart_shared::api::{Conflict, ErrorCode, GetSession, Nothing, PutSubmission, SessionOut};
use skolstart_shared::fact::FileRef;
use skolstart_shared::id::{PersonId, SubmissionId};
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
    /// The school was not reached, or its answer was lost: it goes again by itself.
    Offline,
    /// She must sign in again; then it goes by itself.
    SignedOut,
    /// Too much at the same time: it goes again by itself, at the earliest after so many seconds.
    Busy(u32),
    /// The round is closed, or she no longer decides for the child.
    Closed,
    /// The same id was used for something else.
    Mixed,
    /// This program is too old: it goes when the page has been updated.
    Outdated,
    /// Something must be answered otherwise; [`Session::refused`] says what.
    Invalid,
    /// Values have changed in the meantime: she chooses.
    Stale(Vec<Clash>),
    /// The school stumbled over it: it goes again by itself some times, and then when she says so.
    Failed,
    /// A fault of ours.
    Unexpected,
}

impl Trouble {
    /// True when it lies in the outbox and goes by itself.
    pub(super) fn waits(&self) -> bool {
        matches!(self, Self::Offline | Self::SignedOut | Self::Busy(_) | Self::Failed | Self::Outdated)
    }

    /// What it means for what waits in the outbox.
    fn answer(&self) -> Answer {
        match self {
            Self::Offline => Answer::Lost,
            Self::Busy(seconds) => Answer::Busy(*seconds),
            Self::Failed => Answer::Failed,
            Self::SignedOut => Answer::SignedOut,
            Self::Closed => Answer::Held(Hold::Closed),
            Self::Invalid => Answer::Held(Hold::Invalid),
            Self::Outdated => Answer::Held(Hold::Update),
            Self::Stale(_) => Answer::Held(Hold::Stale),
            Self::Mixed | Self::Unexpected => Answer::Held(Hold::Fault),
        }
    }
}

/// Sends, after what waits already, and gives the receipt. What cannot be sent now waits; what must be answered otherwise
/// is hers again.
pub(super) async fn send(work: Work, content: SubmissionContent) -> Result<Receipt, Trouble> {
    let (id, body) = freeze(work, content).await.map_err(|_| Trouble::Unexpected)?;
    // On the device first: after a lost answer and a reload the same id goes out again.
    keeper::keep(work).await;
    // In the order in which she pressed send: of two decisions about one consent the last one stands.
    while let Some(before) = next(work).filter(|before| *before != id) {
        match send_one(work, before).await {
            Err(trouble) if trouble.waits() => return Err(trouble),
            _ => {}
        }
    }
    // Also when the sender, or another tab, has had its receipt meanwhile: the same again gives the same receipt.
    let sent = deliver(work, id, &body).await;
    if sent.as_ref().is_err_and(|trouble| !trouble.waits()) {
        // She is here and sees what to do.
        keeper::take_back(work, id).await;
    }
    sent
}

/// Sends everything that waits for nobody, until something stands in the way.
pub(super) async fn send_waiting(work: Work) {
    while let Some(id) = next(work) {
        if send_one(work, id).await.is_err_and(|trouble| trouble.waits()) {
            return;
        }
    }
}

fn next(work: Work) -> Option<SubmissionId> {
    work.with_untracked(|session| session.draft.outbox.next().map(|item| item.id)).flatten()
}

/// Sends one of the outbox, and takes in what came of it.
pub(super) async fn send_one(work: Work, id: SubmissionId) -> Result<Receipt, Trouble> {
    let body =
        work.with_untracked(|session| session.draft.outbox.get(id).map(|item| item.body.clone())).flatten();
    deliver(work, id, &body.ok_or(Trouble::Unexpected)?).await
}

async fn deliver(work: Work, id: SubmissionId, body: &SubmissionIn) -> Result<Receipt, Trouble> {
    work.sending.set(Some(id));
    let sent = try_to_deliver(work, id, body).await;
    work.sending.set(None);
    sent
}

async fn try_to_deliver(work: Work, id: SubmissionId, body: &SubmissionIn) -> Result<Receipt, Trouble> {
    // A browser that says it has no network may be wrong, and so nothing leaves before the school has answered.
    let mut away = if window().navigator().on_line() { None } else { asked().await.err() };
    if away.is_none() && !files_arrive(work, &body.content).await {
        away = Some(asked().await.err().unwrap_or(ApiFailure::Offline));
    }
    if let Some(failure) = away {
        // The answer itself has not left: she may still take it back.
        let why = trouble(work, &body.content, failure);
        sender::heard(work, id, why.answer());
        return Err(why);
    }
    work.change(|session| session.draft.outbox.note_tried(id));
    let written = json::write(body).unwrap_or_default();
    let answer = client::call_with_body::<PutSubmission>(&id, written).await;
    let receipt = answer.and_then(|receipt| client::read::<Receipt>(&receipt));
    let sent = receipt.map_err(|failure| trouble(work, &body.content, failure));
    let meant = sent.as_ref().map_or_else(Trouble::answer, |_| Answer::Received);
    if let Ok(receipt) = &sent {
        files(&body.content).for_each(|(_, file)| kept_files::drop_file(work, file.id));
        received(work, receipt).await;
    }
    sender::heard(work, id, meant);
    sent
}

async fn asked() -> Result<SessionOut, ApiFailure> {
    client::call::<GetSession>(&(), &Nothing {}).await
}

fn files(content: &SubmissionContent) -> impl Iterator<Item = (Option<PersonId>, &FileRef)> {
    content.acts.iter().flat_map(|answer| answer.answers.files().into_iter().map(|file| (answer.child, file)))
}

/// The files go before the answers that name them.
async fn files_arrive(work: Work, content: &SubmissionContent) -> bool {
    for (child, file) in files(content) {
        if !arrives(file, child, kept_files::kept_file(work, file.id)).await {
            return false;
        }
    }
    true
}

async fn freeze(work: Work, content: SubmissionContent) -> Result<(SubmissionId, SubmissionIn), JsValue> {
    let waits = |session: &Session| session.waiting_as(&content).map(|item| (item.id, item.body.clone()));
    if let Some(waiting) = work.with_untracked(waits).flatten() {
        return Ok(waiting);
    }
    // The same bytes as `canonical_bytes`, which is the server's.
    let text = json::write(&content).map_err(|_| JsValue::NULL)?;
    let crypto = web_sys::window().ok_or(JsValue::NULL)?.crypto()?;
    let digest = crypto.subtle().digest_with_str_and_u8_array("SHA-256", text.as_bytes())?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await?).to_vec();
    let now = clock::now();
    let id = new_id(now).ok_or(JsValue::NULL)?;
    let body = SubmissionIn { content, hash: ContentHash::of_digest(&digest) };
    work.change(|session| {
        let item = Waiting { id, body: body.clone(), pressed: now.as_millis(), tried: false, held: None };
        session.draft.outbox.push(item);
        session.draft.only = None;
    });
    Ok((id, body))
}

async fn received(work: Work, receipt: &Receipt) {
    let pressed = work.session.try_update(|session| session.as_mut()?.received(receipt.submission)).flatten();
    if let Some(pressed) = pressed {
        // Before the record goes: a tab that misses it asks what was sent.
        tell_sent(pressed, receipt.received);
    }
    // The school's copy ended with it; what is left is kept anew.
    school::forget();
    if work.with_untracked(|session| session.draft.is_empty()).unwrap_or(true) {
        work.forget().await;
    } else {
        keeper::keep(work).await;
    }
    // The receipt is there; what the start page shows can wait for a network.
    let _ = work.refresh().await;
}

fn trouble(work: Work, sent: &SubmissionContent, failure: ApiFailure) -> Trouble {
    let error = match failure {
        ApiFailure::Offline => return Trouble::Offline,
        ApiFailure::Busy(seconds) => return Trouble::Busy(seconds),
        ApiFailure::SignedOut => {
            work.heed(&ApiFailure::SignedOut);
            return Trouble::SignedOut;
        }
        ApiFailure::Refused(error) => error,
        ApiFailure::Unexpected(_) => return Trouble::Failed,
    };
    match error.code {
        ErrorCode::Closed | ErrorCode::NotFound => Trouble::Closed,
        ErrorCode::HashMismatch => Trouble::Mixed,
        ErrorCode::Outdated => Trouble::Outdated,
        ErrorCode::Stale => {
            let clash = |conflict: Conflict| Some(Clash { place: place_of(sent, &conflict.path)?, conflict });
            Trouble::Stale(error.conflicts.into_iter().filter_map(clash).collect())
        }
        ErrorCode::Invalid => {
            work.change(|session| session.refuse(sent, &error.violations, clock::now()));
            Trouble::Invalid
        }
        _ => Trouble::Unexpected,
    }
}
