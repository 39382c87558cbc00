//! Keeps the draft on the device: within a second of the last key, and at once when the page is hidden. Two tabs merge
//! field by field; none overwrites what the other has typed.

use super::device::{self, DeviceKind};
use super::later::take_in_tab;
use super::marks;
use super::school;
use super::work::{Kept, Work};
use crate::forms::Draft;
use crate::state::clock;
use crate::storage::{Device, DraftStore, IndexedDb, Keeping, Memory, StorageError};
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::HomeOut;
use skolstart_shared::id::{PersonId, RoundId, SubmissionId};
use std::cell::RefCell;
use std::rc::Rc;

/// Well under the second that is promised: nothing that takes time can be done once a page is being left.
const PAUSE_MS: u32 = 150;
/// Two tabs that save at the same moment; more rounds than this mean that something else is wrong.
const ATTEMPTS: usize = 5;

#[derive(Default)]
struct Keeper {
    device: Option<Rc<Device>>,
    revision: u32,
    timer: Option<Timeout>,
    saving: bool,
    /// Something was done after the save under way had begun.
    again: bool,
    /// What lies on the device is being erased: nothing is saved until that is done.
    erasing: bool,
    /// The last time somebody signed out here, as it stood when this place was opened.
    left: Option<String>,
}

thread_local! {
    static KEEPER: RefCell<Keeper> = RefCell::default();
}

/// Opens the place for this guardian's draft and gives what lies there.
pub(super) async fn start(work: Work, home: &HomeOut, round: RoundId) -> Option<Draft> {
    let (me, is_protected) = (home.me.person, is_protected(home));
    // What is in memory is nowhere else: between two rounds it stays.
    let before = KEEPER.with_borrow(|keeper| keeper.device.clone().filter(|device| !device.is_kept()));
    let mut is_erased = false;
    let opened = IndexedDb::open().await;
    let is_open = opened.is_ok();
    let mut device = match opened {
        Ok(store) if !is_protected && device::is_own() => Rc::new(Device::Kept(store)),
        opened => {
            let memory = before.unwrap_or_else(in_memory);
            if let Ok(store) = opened {
                // What lay there before the protection was known, or before she said that others use the device.
                take_along(&store, &memory, me, round).await;
                is_erased = store.erase(me).await.is_ok();
            }
            memory
        }
    };
    let found = device.load(me, clock::now()).await;
    marks::look(work, me, !is_open || found != Ok(None));
    let mut stored = found.ok().flatten();
    let draft = stored.as_ref().and_then(|stored| Draft::decode(&stored.record, me, round));
    if draft.is_none() && stored.take().is_some() {
        // Of a newer program. It is not written over: that one reads it again.
        device = in_memory();
    }
    match &draft {
        _ if is_erased => marks::take_away(),
        // The browser may have thrown away a mark, and not what it marks.
        Some(draft) if device.is_kept() && !draft.is_empty() => marks::put(draft),
        _ => {}
    }
    work.kept.set(match (&stored, device.is_kept()) {
        (_, false) if is_protected => Kept::Protected,
        (_, false) => Kept::Fleeting,
        (Some(_), true) => Kept::Device,
        (None, true) => Kept::Nothing,
    });
    KEEPER.with_borrow_mut(|keeper| {
        *keeper = Keeper {
            device: Some(device),
            revision: stored.as_ref().map_or(0, |stored| stored.revision),
            left: device::word(device::LEFT),
            ..Keeper::default()
        };
    });
    draft
}

/// Takes into memory what lies on the device and may not lie there: it is hers, and perhaps nowhere else.
async fn take_along(store: &IndexedDb, memory: &Device, me: PersonId, round: RoundId) {
    let now = clock::now();
    if let Ok(Some(stored)) = store.load(me, now).await {
        let unsent = Draft::decode(&stored.record, me, round).is_some_and(|draft| !draft.outbox.is_empty());
        // What is in memory already is newer.
        let _ = memory.save(me, 0, Keeping { record: &stored.record, unsent }, now).await;
    }
}

fn in_memory() -> Rc<Device> {
    Rc::new(Device::Fleeting(Memory::default()))
}

fn is_protected(home: &HomeOut) -> bool {
    home.children.iter().any(|child| child.protected)
}

/// Keeps what the school said last, so that the program starts without a network. Never where a child is protected.
pub(super) async fn remember(home: &HomeOut, record: &str) {
    let device = KEEPER.with_borrow(|keeper| keeper.device.clone());
    if let Some(device) = device.filter(|device| device.is_kept() && !is_protected(home)) {
        // Without it the next start needs a network, as before.
        let _ = device.remember(home.me.person, record, clock::now()).await;
    }
}

/// What the school said last to the one who uses this device, while it is her own.
pub(super) async fn remembered(work: Work) -> Option<HomeOut> {
    if device::kind() == Some(DeviceKind::Shared) {
        return None;
    }
    let record = IndexedDb::open().await.ok()?.remembered(clock::now()).await.ok()??;
    if device::kind().is_none() {
        // It lies on no device but her own, and is gone when she signs out: the browser has lost what she said.
        device::choose(DeviceKind::Own);
        work.device.set(device::kind());
    }
    crate::json::read(&record).ok()
}

/// Forgets the place, not what lies there.
pub(super) fn stop() {
    KEEPER.set(Keeper::default());
}

/// Erases what lies on the device.
pub(super) async fn erase(work: Work) {
    let owner = work.with_untracked(|session| session.draft.person);
    marks::take_away();
    let device = KEEPER.with_borrow_mut(|keeper| {
        (keeper.timer, keeper.again, keeper.erasing) = (None, false, true);
        keeper.device.clone()
    });
    // A save under way would write once more what is erased here.
    saved().await;
    if let (Some(device), Some(owner)) = (device, owner) {
        // Where nothing can be erased nothing was kept.
        let _ = device.erase(owner).await;
    }
    KEEPER.with_borrow_mut(|keeper| (keeper.revision, keeper.erasing) = (0, false));
}

/// Waits until no save is under way.
async fn saved() {
    while KEEPER.with_borrow(|keeper| keeper.saving) {
        TimeoutFuture::new(PAUSE_MS / 10).await;
    }
}

/// The place on the device, and whose it is.
pub(super) fn kept_device(work: Work) -> Option<(IndexedDb, PersonId)> {
    let person = work.with_untracked(|session| session.draft.person)?;
    KEEPER.with_borrow(|keeper| match keeper.device.as_deref() {
        Some(Device::Kept(store)) => Some((*store, person)),
        _ => None,
    })
}

/// Saves within [`PAUSE_MS`].
pub(super) fn keep_soon(work: Work) {
    if matches!(work.kept.get_untracked(), Kept::Nothing | Kept::Device | Kept::School) {
        work.kept.set(if is_kept() { Kept::Saving } else { fleeting(work) });
    }
    KEEPER.with_borrow_mut(|keeper| {
        if keeper.timer.is_none() {
            keeper.timer = Some(Timeout::new(PAUSE_MS, move || spawn_local(keep(work))));
        }
    });
}

/// Saves now, and is done when what stands now is kept.
pub(super) async fn keep(work: Work) {
    let is_saving = KEEPER.with_borrow_mut(|keeper| {
        keeper.timer = None;
        keeper.again = keeper.saving;
        keeper.saving
    });
    if is_saving {
        // The save under way saves once more before it ends.
        return saved().await;
    }
    let place = |keeper: &Keeper| keeper.device.clone().filter(|_| !keeper.erasing);
    let Some(device) = KEEPER.with_borrow(place) else { return };
    loop {
        KEEPER.with_borrow_mut(|keeper| (keeper.saving, keeper.again) = (true, false));
        let saved = save(work, &device).await;
        let (again, is_typing) = KEEPER.with_borrow_mut(|keeper| {
            keeper.saving = false;
            (std::mem::take(&mut keeper.again), keeper.timer.is_some())
        });
        if again {
            continue;
        }
        // What was typed meanwhile is not saved yet, and nothing may say that it is.
        if !is_typing {
            work.kept.set(state_after(work, &device, saved));
        }
        school::save_soon(work);
        return;
    }
}

/// What she has taken back, or is told was not received, is not sent after a reload: it is gone from the device first.
pub(super) async fn take_back(work: Work, id: SubmissionId) {
    work.change(|session| session.take_back(id));
    keep(work).await;
}

fn state_after(work: Work, device: &Device, saved: bool) -> Kept {
    match saved && device.is_kept() {
        _ if school::has(work) => Kept::School,
        true => Kept::Device,
        false => fleeting(work),
    }
}

fn is_kept() -> bool {
    KEEPER.with_borrow(|keeper| keeper.device.as_ref().is_some_and(|device| device.is_kept()))
}

/// Why nothing is kept on the device.
fn fleeting(work: Work) -> Kept {
    let is_protected = work.with_untracked(crate::forms::Session::is_protected).unwrap_or(false);
    if is_protected { Kept::Protected } else { Kept::Fleeting }
}

/// True when somebody has signed out since this place was opened, here or in another tab: what she wrote is not kept again.
fn has_left() -> bool {
    KEEPER.with_borrow(|keeper| keeper.left != device::word(device::LEFT))
}

async fn save(work: Work, device: &Rc<Device>) -> bool {
    for attempt in 0..ATTEMPTS {
        if has_left() {
            return false;
        }
        let Some(draft) = work.with_untracked(|session| session.draft.clone()) else { return true };
        let revision = KEEPER.with_borrow(|keeper| keeper.revision);
        let (record, unsent) = (draft.encode(), !draft.outbox.is_empty());
        let keeping = Keeping { record: &record, unsent };
        match device.save(draft.person, revision, keeping, clock::now()).await {
            Ok(revision) => {
                if device.is_kept() && !draft.is_empty() {
                    marks::put(&draft);
                }
                KEEPER.with_borrow_mut(|keeper| keeper.revision = revision);
                return true;
            }
            Err(StorageError::Moved) => take_in_tab(work, Rc::clone(device)).await,
            // Phones close the database under a page: once more, with a new connection.
            Err(StorageError::Unavailable) if attempt == 0 => {}
            Err(StorageError::Unavailable) => return false,
        }
    }
    false
}

/// The next save stands on this revision.
pub(super) fn stands_on(revision: u32) {
    KEEPER.with_borrow_mut(|keeper| keeper.revision = revision);
}

/// Leaves alone what lies on the device.
pub(super) fn go_on_in_memory() {
    KEEPER.with_borrow_mut(|keeper| (keeper.device, keeper.revision) = (Some(in_memory()), 0));
}

/// Looks at what lies on the device and takes it in when another tab has saved it.
pub(super) async fn look(work: Work) {
    let (device, revision) = KEEPER.with_borrow(|keeper| (keeper.device.clone(), keeper.revision));
    let (Some(device), Some(draft)) = (device, work.with_untracked(|session| session.draft.clone())) else {
        return;
    };
    let stored = device.load(draft.person, clock::now()).await.ok().flatten();
    if stored.map_or(0, |stored| stored.revision) != revision {
        take_in_tab(work, device).await;
    }
}
