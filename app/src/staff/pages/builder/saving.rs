//! Saves a draft while somebody writes on it: a second after the last change, one save at a time, again when the network is
//! back. What was typed stays on the page until the server has it.

use crate::api::{ApiFailure, client};
use crate::state::{Session, use_session};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::Timestamp;
use skolstart_shared::api::{DraftIn, DraftSaved, ErrorCode, PutDraft};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::id::DraftId;

const PAUSE_MS: u32 = 900;
const AGAIN_MS: u32 = 5_000;

/// Where the draft is right now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// The server has it.
    Saved,
    /// Something is not saved yet.
    Saving,
    /// The server was not reached; it is tried again.
    Offline,
    /// Somebody else has saved it since.
    Stale,
    /// It is published or thrown away.
    Closed,
    /// It was refused, or nobody is signed in any more.
    Failed(ApiFailure),
}

/// See the module. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Saver {
    pub(super) id: DraftId,
    pub(super) kept: RwSignal<Kept>,
    pub(super) at: RwSignal<Timestamp>,
    pub(super) version: RwSignal<Option<u32>>,
    form: RwSignal<FormDefinition>,
    revision: StoredValue<u32>,
    /// Counts changes; what the server has was made at one of them.
    changes: StoredValue<u32>,
    sending: StoredValue<bool>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
    pub(super) session: Session,
}

impl Saver {
    pub(super) fn start(id: DraftId, revision: u32, at: Timestamp, form: RwSignal<FormDefinition>) -> Self {
        let saver = Self {
            id,
            kept: RwSignal::new(Kept::Saved),
            at: RwSignal::new(at),
            version: RwSignal::new(None),
            form,
            revision: StoredValue::new(revision),
            changes: StoredValue::new(0),
            sending: StoredValue::new(false),
            timer: StoredValue::new_local(None),
            session: use_session(),
        };
        // The browser asks before it closes a page with something that is not saved.
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if saver.kept.try_get_untracked().is_some_and(|kept| kept != Kept::Saved && kept != Kept::Closed)
            {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            leaving.remove();
            if saver.kept.try_get_untracked() == Some(Kept::Saving) {
                saver.send();
            }
        });
        saver
    }

    pub(super) fn revision(self) -> u32 {
        self.revision.get_value()
    }

    /// Something has been changed.
    pub(super) fn touched(self) {
        self.changes.update_value(|changes| *changes += 1);
        if matches!(self.kept.get_untracked(), Kept::Stale | Kept::Closed) {
            return;
        }
        self.kept.set(Kept::Saving);
        self.later(PAUSE_MS);
    }

    fn later(self, wait: u32) {
        let timer = Timeout::new(wait, move || self.send());
        self.timer.try_update_value(|old| *old = Some(timer));
    }

    /// Saves now.
    pub(super) fn send(self) {
        if self.sending.try_get_value() != Some(false) {
            return;
        }
        let Some(form) = self.form.try_get_untracked() else { return };
        let (Some(base), Some(at)) = (self.revision.try_get_value(), self.changes.try_get_value()) else {
            return;
        };
        self.sending.set_value(true);
        let (id, session) = (self.id, self.session);
        spawn_local(async move {
            let answer = client::call::<PutDraft>(&id, &DraftIn { base, form: form.tidied() }).await;
            if let Err(failure) = &answer {
                session.heed(failure);
            }
            // The page may have been left in the meantime.
            if self.sending.try_set_value(false).is_none() {
                self.take(answer, at);
            }
        });
    }

    fn take(self, answer: Result<DraftSaved, ApiFailure>, at: u32) {
        match answer {
            Ok(saved) => {
                self.revision.set_value(saved.revision);
                self.at.set(saved.at);
                self.version.set(Some(saved.version));
                if self.changes.get_value() == at {
                    self.kept.set(Kept::Saved);
                } else {
                    self.later(PAUSE_MS);
                }
            }
            Err(failure) if failure.is_away() => {
                self.kept.set(Kept::Offline);
                self.later(AGAIN_MS);
            }
            Err(ApiFailure::Refused(error)) if error.code == ErrorCode::Stale => self.kept.set(Kept::Stale),
            Err(ApiFailure::Refused(error)) if error.code == ErrorCode::Closed => self.kept.set(Kept::Closed),
            Err(failure) => self.kept.set(Kept::Failed(failure)),
        }
    }

    /// From now on changes are made upon this revision.
    pub(super) fn rebase(self, revision: u32, at: Timestamp) {
        self.revision.set_value(revision);
        self.at.set(at);
    }

    /// Puts what stands here on top of what somebody else has saved.
    pub(super) fn overwrite(self, revision: u32) {
        self.revision.set_value(revision);
        self.kept.set(Kept::Saving);
        self.send();
    }
}
