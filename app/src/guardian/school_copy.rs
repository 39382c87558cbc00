//! Keeps what she has begun with the school too, so that she can go on at another device. What was done at both is merged field by
//! field. Comes with the later part; `school` says when, and knows how it stands.
//!
//! Must not: hold anything up. Without the school it lies on the device.

use super::device;
use super::keeper;
use super::marks;
use super::school::{SCHOOL, has, keeps, save_soon};
use super::work::{Kept, Work};
use crate::api::{ApiFailure, client};
use crate::forms::{Draft, Session};
use leptos::prelude::*;
use skolstart_shared::api::{DeleteOwnDraft, ErrorCode, GetOwnDraft, Nothing, OwnDraftIn, PutOwnDraft};

/// Another device that saves at the same moment; more rounds than this mean that something else is wrong.
const ATTEMPTS: usize = 3;

/// Takes in what she has begun at another device.
pub(super) async fn take_in(work: Work) -> Result<(), ApiFailure> {
    let kept = client::call::<GetOwnDraft>(&(), &Nothing {}).await?;
    let decode = |session: &Session| Draft::decode(&kept.record, session.draft.person, session.draft.round);
    let theirs = work.with_untracked(decode).flatten();
    let unread = kept.at.is_some() && theirs.is_none();
    let is_back = theirs.as_ref().is_some_and(marks::is_back);
    let merged = work.session.try_update(|session| {
        let (draft, theirs) = (&mut session.as_mut()?.draft, theirs?);
        let before = draft.clone();
        draft.merge(&theirs);
        Some(*draft != before)
    });
    SCHOOL.with_borrow_mut(|school| {
        (school.base, school.unread) = (kept.at, unread);
        school.saved = kept.at.map(|_| kept.record);
    });
    let merged = merged.flatten();
    if is_back {
        // All that the browser has thrown away is here again.
        work.lost.set(false);
    }
    if merged == Some(true) {
        keeper::keep_soon(work);
        work.redraw();
    }
    Ok(())
}

/// Saves now.
pub(super) async fn save(work: Work) {
    let was_busy = SCHOOL.with_borrow_mut(|school| std::mem::replace(&mut school.busy, true));
    if was_busy {
        return save_soon(work);
    }
    for _ in 0..ATTEMPTS {
        let saved = put(work).await;
        let is_stale = matches!(&saved, Err(ApiFailure::Refused(error)) if error.code == ErrorCode::Stale);
        if let Err(failure) = &saved {
            work.heed(failure);
        }
        if !is_stale || take_in(work).await.is_err() {
            break;
        }
    }
    SCHOOL.with_borrow_mut(|school| school.busy = false);
}

async fn put(work: Work) -> Result<(), ApiFailure> {
    // Between two rounds there is no draft to keep, and none to erase.
    let record = work.with_untracked(|session| session.draft.for_school());
    let Some(record) = record.filter(|_| untrack(move || keeps(work))) else { return Ok(()) };
    let (base, is_done) = SCHOOL.with_borrow(|school| (school.base, school.unread || school.saved == record));
    match &record {
        _ if is_done => return Ok(()),
        Some(record) => {
            let input = OwnDraftIn { base, record: record.clone() };
            let kept = client::call::<PutOwnDraft>(&(), &input).await?;
            SCHOOL.with_borrow_mut(|school| {
                (school.base, school.saved) = (Some(kept.at), Some(input.record));
            });
        }
        None => try_to_erase().await?,
    }
    if work.remembered.get_untracked() && !device::is_locked() {
        // The school is there again.
        work.load();
    }
    // What was typed meanwhile is not there yet, and nothing may say that it is.
    if has(work) && work.kept.get_untracked() != Kept::Saving {
        work.kept.set(Kept::School);
    }
    Ok(())
}

/// Erases the school's copy. Where it cannot be erased now the school forgets it by itself.
pub(super) async fn erase() {
    let _ = try_to_erase().await;
}

async fn try_to_erase() -> Result<(), ApiFailure> {
    client::call::<DeleteOwnDraft>(&(), &Nothing {}).await?;
    SCHOOL.with_borrow_mut(|school| (school.base, school.saved) = (None, None));
    Ok(())
}
