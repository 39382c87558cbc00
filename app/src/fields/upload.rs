//! Sends files part by part, and goes on where the school has come to. Owns the files on their way, as long as the page is
//! open; a field that is drawn again finds them here. Must not draw.

use super::files_kept::look;
use crate::api::{ApiFailure, client};
use crate::state::clock;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::{ArcRwSignal, Track, Update};
use leptos::task::spawn_local;
use skolstart_shared::Map;
use skolstart_shared::api::{DeleteFile, FileIn, FinishFile, MOST_PART, Nothing, PutFile, PutFilePart};
use skolstart_shared::fact::FileRef;
use skolstart_shared::id::{FileId, PersonId};
use skolstart_shared::violation::{Code, Violation};
use std::cell::RefCell;
use web_sys::Blob;

/// The first part; the next are larger while the network is quick, and smaller when it is not.
const FIRST_PART: u32 = MOST_PART / 4;
const LEAST_PART: u32 = MOST_PART / 16;
/// A part that takes longer than this was too large.
const SLOW_MS: i64 = 2_000;
/// A lost part is sent again after a second, two and four; then it waits for the network or for a tap.
const TRIES: u32 = 3;
/// How often an answer looks whether its file has arrived.
const LOOK_MS: u32 = 200;

/// How it goes with a file.
#[derive(Clone, PartialEq)]
pub(super) enum Going {
    /// The school has so many of its bytes.
    Sending(u32),
    /// The network is gone, or the school could not be reached.
    Waiting(u32),
    /// It is not taken.
    Refused(Violation),
    /// The school has it.
    Done(FileRef),
}

struct Upload {
    bytes: Blob,
    input: FileIn,
    going: Going,
}

thread_local! {
    static UPLOADS: RefCell<Map<FileId, Upload>> = RefCell::default();
    static CHANGED: ArcRwSignal<u32> = ArcRwSignal::new(0);
}

/// How it goes with a file. `None`: its bytes are not here. Reactive.
pub(super) fn going(id: FileId) -> Option<Going> {
    CHANGED.with(ArcRwSignal::clone).track();
    UPLOADS.with_borrow(|all| all.get(&id).map(|upload| upload.going.clone()))
}

fn tell() {
    CHANGED.with(ArcRwSignal::clone).update(|count| *count += 1);
}

fn set(id: FileId, going: Going) {
    UPLOADS.with_borrow_mut(|all| {
        if let Some(upload) = all.get_mut(&id) {
            upload.going = going;
        }
    });
    tell();
}

/// Begins to send a file, or goes on with it.
pub(super) fn start(id: FileId, bytes: Blob, input: FileIn) {
    UPLOADS.with_borrow_mut(|all| all.insert(id, Upload { bytes, input, going: Going::Waiting(0) }));
    go_on(id);
}

/// Goes on with a file that waits.
pub(super) fn go_on(id: FileId) {
    let waits = UPLOADS.with_borrow_mut(|all| match all.get_mut(&id) {
        Some(upload) => match upload.going {
            Going::Waiting(sent) => {
                upload.going = Going::Sending(sent);
                true
            }
            _ => false,
        },
        None => false,
    });
    if waits {
        tell();
        spawn_local(run(id));
    }
}

/// Sees to it that the school has a file before the answer that names it is sent. `kept` are its bytes, asked for when they
/// are not on their way already. False: the network is gone. True too for what the school refuses, or never gets: it
/// says so itself when the answer comes.
pub async fn arrives(
    file: &FileRef,
    child: Option<PersonId>,
    kept: impl Future<Output = Option<Blob>>,
) -> bool {
    let id = file.id;
    let is_here = || UPLOADS.with_borrow(|all| all.contains_key(&id));
    if !is_here()
        && let Some(bytes) = kept.await
        && let Ok((_, hash)) = look(&bytes).await
    {
        start(id, bytes, FileIn { child, bytes: file.bytes, hash, name: file.name.clone() });
    }
    go_on(id);
    loop {
        match UPLOADS.with_borrow(|all| all.get(&id).map(|upload| upload.going.clone())) {
            Some(Going::Sending(_)) => TimeoutFuture::new(LOOK_MS).await,
            Some(Going::Waiting(_)) => return false,
            _ => return true,
        }
    }
}

/// Forgets a file, here and at the school.
pub(super) fn remove(id: FileId) {
    UPLOADS.with_borrow_mut(|all| all.remove(&id));
    spawn_local(async move {
        // What is not forgotten now is forgotten when no answer has come to hold it.
        let _ = client::call::<DeleteFile>(&id, &Nothing {}).await;
    });
}

/// Forgets every file on its way: somebody else may sign in.
pub fn forget_uploads() {
    UPLOADS.take();
}

async fn run(id: FileId) {
    for attempt in 0..=TRIES {
        let failure = match send(id).await {
            Ok(None) => return,
            Ok(Some(file)) => return set(id, Going::Done(file)),
            Err(failure) => failure,
        };
        match failure {
            ApiFailure::Refused(error) => {
                let said = error.violations.into_iter().next();
                let said = said.unwrap_or_else(|| Violation::new("", Code::FileMissing));
                return set(id, Going::Refused(said));
            }
            ApiFailure::SignedOut => break,
            _ if attempt < TRIES => TimeoutFuture::new(1_000 << attempt).await,
            _ => {}
        }
    }
    let sent = UPLOADS.with_borrow(|all| match all.get(&id).map(|upload| &upload.going) {
        Some(Going::Sending(sent)) => *sent,
        _ => 0,
    });
    set(id, Going::Waiting(sent));
}

/// `None`: it was taken away meanwhile.
async fn send(id: FileId) -> Result<Option<FileRef>, ApiFailure> {
    let upload = UPLOADS.with_borrow(|all| all.get(&id).map(|one| (one.bytes.clone(), one.input.clone())));
    let Some((bytes, input)) = upload else { return Ok(None) };
    let mut state = client::call::<PutFile>(&id, &input).await?;
    let mut part = FIRST_PART;
    while state.done.is_none() && state.received < input.bytes {
        set(id, Going::Sending(state.received));
        let (from, to) = (state.received, input.bytes.min(state.received.saturating_add(part)));
        let piece = bytes.slice_with_f64_and_f64(from.into(), to.into());
        let piece = piece.map_err(|_| ApiFailure::Unexpected(0))?;
        let begun = clock::now().as_millis();
        let answer = client::call_with_bytes::<PutFilePart>(&(id, from), piece.into()).await?;
        state = client::read(&answer)?;
        let is_slow = clock::now().as_millis() - begun > SLOW_MS;
        part = if is_slow { (part / 2).max(LEAST_PART) } else { (part * 2).min(MOST_PART) };
        if !UPLOADS.with_borrow(|all| all.contains_key(&id)) {
            return Ok(None);
        }
        if state.received <= from {
            return Err(ApiFailure::Unexpected(0));
        }
    }
    if state.done.is_some() {
        return Ok(state.done);
    }
    set(id, Going::Sending(input.bytes));
    client::call::<FinishFile>(&id, &Nothing {}).await.map(Some)
}
