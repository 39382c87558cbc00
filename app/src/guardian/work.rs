//! The work of the signed-in guardian: what the school knows and asks, her draft, and how it is kept.
//!
//! One per program, as a context. Pages read it and call it; `keeper` keeps the draft on the device.

use super::device::{self, DeviceKind};
use super::idle::arrive;
use super::keeper;
use super::later::{join_opened, take_in_school};
use super::school;
use super::sender;
use crate::api::{ApiFailure, client};
use crate::fields::{forget_uploads, know_units};
use crate::forms::{Draft, Session, StepKey};
use crate::i18n::speak_to_pupil;
use crate::later::Later;
use crate::state::{self, Remote, clock};
use leptos::prelude::*;
use leptos::task::spawn_local;
use skolstart_shared::api::{GetHome, GetOffer, HomeOut, Nothing, OfferedOut, TaskOut};
use skolstart_shared::form::FormKey;
use skolstart_shared::id::{PersonId, SubmissionId};
use std::sync::Arc;

/// Where what she has done is kept right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Nothing has been done.
    Nothing,
    /// On its way to the device.
    Saving,
    /// On the device.
    Device,
    /// With the school.
    School,
    /// In memory only, as the child's identity is protected.
    Protected,
    /// In memory only, as the browser offers nothing else.
    Fleeting,
}

/// See the module.
#[derive(Clone, Copy)]
pub(super) struct Work {
    /// What the server said last.
    pub(super) home: RwSignal<Remote<Arc<HomeOut>>>,
    /// The draft beside it. `None` while there is no round.
    pub(super) session: RwSignal<Option<Session>>,
    /// Where it is kept.
    pub(super) kept: RwSignal<Kept>,
    /// Forms on offer that have been opened.
    pub(super) opened: RwSignal<Vec<OfferedOut>>,
    /// True while pages show what the school said before: it could not be reached when it was asked last.
    pub(super) remembered: RwSignal<bool>,
    /// True when the browser has thrown away what was kept on the device.
    pub(super) lost: RwSignal<bool>,
    /// What is on its way to the school right now.
    pub(super) sending: RwSignal<Option<SubmissionId>>,
    /// What has been received last of what went by itself.
    pub(super) arrived: RwSignal<Option<SubmissionId>>,
    /// Whose device it is, once she has said it.
    pub(super) device: RwSignal<Option<DeviceKind>>,
    /// Counts up when fields must be drawn again: another tab has typed, or the school has answered.
    pub(super) redrawn: RwSignal<u32>,
    /// The answer that `home` was made of: the same answer again draws nothing again.
    answered: StoredValue<String>,
    pub(super) signed_in: state::Session,
    /// What is fetched when it is needed.
    pub(super) later: Later,
}

impl Work {
    /// Offers itself as a context. Call once, in the program's root.
    pub(super) fn start(signed_in: state::Session, later: Later) -> Self {
        let work = Self {
            home: RwSignal::new(Remote::Loading),
            session: RwSignal::new(None),
            kept: RwSignal::new(Kept::Nothing),
            opened: RwSignal::new(Vec::new()),
            remembered: RwSignal::new(false),
            lost: RwSignal::new(false),
            sending: RwSignal::new(None),
            arrived: RwSignal::new(None),
            device: RwSignal::new(device::kind()),
            redrawn: RwSignal::new(0),
            answered: StoredValue::new(String::new()),
            signed_in,
            later,
        };
        provide_context(work);
        work
    }

    /// Asks the school again and keeps the draft. Without a draft in memory, the one on the device is taken.
    pub(super) fn load(self) {
        spawn_local(async move { drop(self.refresh().await) });
    }

    /// As [`Self::load`], for those who wait for it.
    pub(super) async fn refresh(self) -> Result<(), ApiFailure> {
        let answer = client::call_raw::<GetHome>(&(), &Nothing {}).await;
        let read = answer.and_then(|answer| Ok((client::read::<HomeOut>(&answer)?, answer)));
        match read {
            Ok((home, answer)) => {
                let is_same = self.answered.with_value(|before| *before == answer);
                self.answered.set_value(answer.clone());
                let home = self.take_all(home, is_same).await;
                keeper::remember(&home, &answer).await;
                self.remembered.set(false);
                // The school has answered her: nothing waits for a sign-in.
                sender::signed_in(self);
                school::save_soon(self);
                Ok(())
            }
            Err(failure) => {
                self.signed_in.heed(&failure);
                if self.home.with_untracked(|home| home.ready().is_none()) {
                    self.fall_back(&failure).await;
                }
                match failure {
                    _ if failure.is_away() => self.remembered.set(true),
                    // It has answered; signing in is what is left.
                    ApiFailure::SignedOut => self.remembered.set(false),
                    _ => {}
                }
                Err(failure)
            }
        }
    }

    /// Without a network: what the school said last, if this is her own device.
    async fn fall_back(self, failure: &ApiFailure) {
        let remembered = if failure.is_away() { keeper::remembered(self).await } else { None };
        let mine = remembered.filter(|home| self.signed_in.is_untracked(home.me.person));
        match mine {
            Some(home) => {
                self.take_all(home, false).await;
            }
            None => self.home.set(Remote::Failed(failure.clone())),
        }
    }

    async fn take_all(self, mut home: HomeOut, is_same: bool) -> Arc<HomeOut> {
        speak_to_pupil(home.as_pupil);
        home.forms.extend(home.begun.iter().cloned());
        if !self.opened.with_untracked(Vec::is_empty) {
            join_opened(self, &mut home);
        }
        let home = Arc::new(home);
        self.take(Arc::clone(&home), is_same).await;
        home
    }

    /// Puts the opened forms beside those of the round; what the school has said about them since stands. Comes with the later
    /// part, as the pages that open forms do.
    pub(super) fn join(self, home: &mut HomeOut) {
        for opened in self.opened.get_untracked() {
            if home.forms.iter().all(|form| form.key != opened.form.key) {
                home.forms.push(opened.form);
            }
            if home.units.is_empty() {
                home.units = opened.units;
            }
            for task in opened.tasks {
                if home.tasks.iter().all(|other| StepKey::of(other) != StepKey::of(&task)) {
                    home.tasks.push(task);
                }
            }
        }
    }

    /// Fetches a form on offer, so that its steps are there.
    pub(super) async fn open(self, form: FormKey) -> Result<(), ApiFailure> {
        let opened = client::call::<GetOffer>(&form, &Nothing {}).await;
        let opened = opened.inspect_err(|failure| self.heed(failure))?;
        self.opened.update(|all| all.push(opened));
        let Some(mut home) = self.home.with_untracked(|home| home.ready().map(|home| HomeOut::clone(home)))
        else {
            return Ok(());
        };
        self.join(&mut home);
        know_units(home.units.clone());
        let home = Arc::new(home);
        self.session.update(|session| {
            if let Some(session) = session {
                session.home = Arc::clone(&home);
            }
        });
        self.home.set(Remote::Ready(home));
        self.redraw();
        Ok(())
    }

    async fn take(self, home: Arc<HomeOut>, is_same: bool) {
        let drafted = self.session.with_untracked(|session| session.as_ref().map(|s| s.draft.clone()));
        let mine = drafted.filter(|draft| draft.person == home.me.person);
        let is_new = mine.is_none();
        let draft = match (mine, &home.round) {
            // She meets another round now: what she has begun goes on in it.
            (Some(draft), Some(round)) => Some(draft.in_round(round.id)),
            (None, Some(round)) => keeper::start(self, &home, round.id).await,
            (_, None) => None,
        };
        know_units(home.units.clone());
        self.session.set(Session::new(Arc::clone(&home), draft, clock::today()));
        if is_new {
            school::forget();
            // Without the school, what lies on the device.
            if home.has_draft {
                spawn_local(take_in_school(self));
            }
        }
        if !is_same || self.home.with_untracked(|home| home.ready().is_none()) {
            self.home.set(Remote::Ready(home));
            self.redraw();
        }
    }

    /// Notices that the session has ended.
    pub(super) fn heed(self, failure: &ApiFailure) {
        self.signed_in.heed(failure);
    }

    /// Draws the fields again.
    pub(super) fn redraw(self) {
        self.redrawn.update(|count| *count += 1);
    }

    /// Changes the draft and keeps it.
    pub(super) fn change<T>(self, how: impl FnOnce(&mut Session) -> T) -> Option<T> {
        let done = self.session.try_update(|session| session.as_mut().map(how))??;
        keeper::keep_soon(self);
        Some(done)
    }

    /// Reads the session, and follows it.
    pub(super) fn with<T>(self, read: impl FnOnce(&Session) -> T) -> Option<T> {
        self.session.with(|session| session.as_ref().map(read))
    }

    /// Reads the session without following it.
    pub(super) fn with_untracked<T>(self, read: impl FnOnce(&Session) -> T) -> Option<T> {
        self.session.with_untracked(|session| session.as_ref().map(read))
    }

    /// True when her answer to this task waits to be sent. Does not follow it.
    pub(super) fn waits(self, task: &TaskOut) -> bool {
        self.with_untracked(|session| session.waiting(&StepKey::of(task)).is_some()).unwrap_or(false)
    }

    /// How many submissions wait. Reactive, and changes only when that does.
    pub(super) fn waiting(self) -> Memo<usize> {
        Memo::new(move |_| self.with(|session| session.draft.outbox.items().len()).unwrap_or(0))
    }

    /// True when she has begun something that is asked now. Reactive.
    pub(super) fn has_begun(self) -> bool {
        let is_begun = |session: &Session| {
            let steps = session.steps();
            !session.draft.outbox.is_empty() || steps.iter().any(|step| session.draft.act(step).is_some())
        };
        self.with(is_begun).unwrap_or(false)
    }

    /// True when something would be lost. Reactive.
    pub(super) fn has_draft(self) -> bool {
        self.with(|session| !session.draft.is_empty()).unwrap_or(false)
    }

    /// Answers one act alone, or all there is to do.
    pub(super) fn only(self, step: Option<&StepKey>) {
        let only = step.map(ToString::to_string);
        if self.with_untracked(|session| session.draft.only != only).unwrap_or(false) {
            self.change(|session| session.draft.only = only);
        }
    }

    /// Forgets everything that was done: it is with the school now, or she signs out.
    pub(super) async fn forget(self) {
        keeper::erase(self).await;
        self.session.update(|session| {
            if let Some(session) = session {
                session.draft = Draft::new(session.draft.person, session.draft.round);
            }
        });
        self.kept.set(Kept::Nothing);
        self.redraw();
    }

    /// Ends the work: nobody is signed in.
    pub(super) async fn end(self) {
        forget_uploads();
        keeper::erase(self).await;
        keeper::stop();
        school::forget();
        self.session.set(None);
        self.kept.set(Kept::Nothing);
        self.hide();
    }

    /// Forgets what the school has said; the draft stays.
    pub(super) fn hide(self) {
        self.answered.set_value(String::new());
        self.opened.set(Vec::new());
        self.home.set(Remote::Loading);
    }

    /// Ends the work, as she has signed out in another tab.
    pub(super) async fn leave(self) {
        self.end().await;
        self.device.set(device::kind());
        arrive(self).await;
    }

    /// The given name of a child. Reactive.
    pub(super) fn child_name(self, child: Option<PersonId>) -> String {
        self.home.with(|home| {
            let child =
                home.ready().and_then(|home| home.children.iter().find(|other| Some(other.person) == child));
            child.map(|child| child.given_name.clone()).unwrap_or_default()
        })
    }
}

/// The program's work.
///
/// # Panics
/// Outside the program's root, which is a fault in the program and shows at the first run.
pub(super) fn use_work() -> Work {
    expect_context::<Work>()
}
