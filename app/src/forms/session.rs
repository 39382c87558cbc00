//! A session: what the school knows and asks, and the draft beside it. The only place that changes a draft.

use super::act::{ActState, Doing};
use super::draft::{Draft, FieldDraft};
use super::input::Input;
use super::step::StepKey;
use crate::sync::Waiting;
use skolstart_shared::api::{HomeOut, TaskOut};
use skolstart_shared::date::{Date, Timestamp};
use skolstart_shared::form::{FieldKey, Setting};
use skolstart_shared::id::SubmissionId;
use skolstart_shared::round::MyPart;
use skolstart_shared::submission::{ActAnswer, SubmissionContent};
use skolstart_shared::violation::Violation;
use std::sync::Arc;

/// For how many days what nothing asks for any more is kept, as long as the school keeps a draft: the round may come back, and a
/// form on offer is asked for when it is opened.
const KEPT_DAYS: i32 = 30;

/// One guardian's work with a round.
#[derive(Clone)]
pub struct Session {
    /// What the school knows and asks.
    pub home: Arc<HomeOut>,
    /// What she has done.
    pub draft: Draft,
    today: Date,
}

impl Session {
    /// A session on `today`. `None` when there is no round.
    pub fn new(home: Arc<HomeOut>, draft: Option<Draft>, today: Date) -> Option<Self> {
        let round = home.round.as_ref()?.id;
        let mut draft = draft.unwrap_or_else(|| Draft::new(home.me.person, round));
        let first = today.add_days(-KEPT_DAYS);
        draft.forget(|step, act| {
            let is_old = |done: &FieldDraft| Timestamp::from_millis(done.at).date_utc() < first;
            act.fields.values().all(is_old)
                && home.tasks.iter().all(|task| StepKey::of(task).to_string() != step)
        });
        Some(Self { home, draft, today })
    }

    /// True when nothing may be kept on the device: a child with protected identity is concerned.
    pub fn is_protected(&self) -> bool {
        self.home.children.iter().any(|child| child.protected)
    }

    /// The steps, in order: what she has to do, or the one answer that she is changing. What waits to be sent is done.
    pub fn steps(&self) -> Vec<StepKey> {
        if let Some(only) = self.draft.only.as_deref().and_then(StepKey::parse)
            && self.act(&only).is_some()
        {
            return vec![only];
        }
        let to_do = self.home.tasks.iter().filter(|task| task.mine == MyPart::ToDo);
        let is_open = |step: &StepKey| self.act(step).is_some() && self.waiting(step).is_none();
        to_do.map(StepKey::of).filter(is_open).collect()
    }

    /// What waits to be sent for a step, and her answer in it: the newest, if there are several.
    pub fn waiting(&self, step: &StepKey) -> Option<(&Waiting, &ActAnswer)> {
        self.draft.outbox.items().iter().rev().find_map(|item| {
            item.body
                .content
                .acts
                .iter()
                .find(|answer| step.is_answered_by(answer))
                .map(|answer| (item, answer))
        })
    }

    /// How an act stands. `None` when there is no such task.
    pub fn act(&self, step: &StepKey) -> Option<ActState<'_>> {
        self.state_of(self.task(step)?)
    }

    /// The task of a step.
    pub fn task(&self, step: &StepKey) -> Option<&TaskOut> {
        self.home.tasks.iter().find(|task| step.is_of(task))
    }

    /// How the act of a task stands.
    pub fn state_of<'a>(&'a self, task: &'a TaskOut) -> Option<ActState<'a>> {
        let form = self.home.forms.iter().find(|form| form.reference() == task.form)?;
        let child = self.home.children.iter().find(|child| Some(child.person) == task.child);
        // About the guardian herself there is no child that a condition could ask about.
        let alone = Setting::of_nobody(self.today);
        // Something may have come to contradict what she answered: that is asked, and only that.
        let contradicts = task.known.values().any(|known| !known.others.is_empty());
        Some(ActState {
            act: form.act(&task.act)?,
            known: &task.known,
            purposes: &task.purposes,
            is_done: task.mine == MyPart::Done || (task.answered.is_some() && contradicts),
            child,
            draft: self.draft.act(&StepKey::of(task)),
            setting: child.map_or(alone, |child| child.setting),
        })
    }

    /// Does something with a field.
    pub fn write(&mut self, step: &StepKey, field: &FieldKey, doing: Doing, now: Timestamp) {
        let is_opening = matches!(doing, Doing::Edit);
        if let Some(mut done) = self.act(step).map(|act| act.done(field, doing, now)) {
            let stands = self.draft.field_mut(step, field);
            // Later than what it stands on, also when that was written at a device whose clock is ahead.
            done.at = done.at.max(stands.at + 1);
            *stands = done;
        }
        // What the school refused about a field is answered by a change of it; opening it is none.
        if !is_opening && let Some(act) = self.draft.acts.get_mut(&step.to_string()) {
            act.refused.changed(field, now);
        }
    }

    /// After somebody else has changed a value: puts hers on top of it, or with `None` takes theirs.
    pub fn settle(
        &mut self,
        step: &StepKey,
        field: &FieldKey,
        version: u32,
        mine: Option<Input>,
        now: Timestamp,
    ) {
        self.write(step, field, mine.map_or(Doing::Confirm, Doing::Set), now);
        // A consent has none: it stands on her home as it is now.
        if version > 0 {
            self.draft.field_mut(step, field).base = version;
        }
    }

    /// The first step that is not complete, from `after` on and then from the start. `None`: all are complete.
    pub fn next_step(&self, after: Option<&StepKey>) -> Option<StepKey> {
        let steps = self.steps();
        let from = after.and_then(|after| steps.iter().position(|step| step == after)).map_or(0, |at| at + 1);
        let open = |step: &&StepKey| self.act(step).is_some_and(|act| !act.is_complete());
        steps.iter().skip(from).chain(steps.iter().take(from)).find(open).cloned()
    }

    /// What is wrong with a step.
    pub fn violations(&self, step: &StepKey) -> Vec<Violation> {
        self.act(step).map_or_else(Vec::new, |act| act.violations())
    }

    /// What already waits with this content, so that pressing send twice makes one submission.
    pub fn waiting_as(&self, content: &SubmissionContent) -> Option<&Waiting> {
        self.draft.outbox.items().iter().find(|item| {
            // The language may have been changed in between; the answers are the same.
            let sent = &item.body.content;
            sent.round == content.round && sent.acts == content.acts
        })
    }

    /// The school has one: the draft keeps only what was not in it. Says when she had pressed send, by the device's clock.
    pub fn received(&mut self, id: SubmissionId) -> Option<i64> {
        let item = self.draft.outbox.take(id)?;
        for answer in &item.body.content.acts {
            let step = StepKey::of_answer(answer).to_string();
            self.draft.forget(|other, _| other == step);
            if self.draft.only.as_ref() == Some(&step) {
                self.draft.only = None;
            }
        }
        Some(item.pressed)
    }

    /// She takes one back to change it: what she wrote stands in the draft as before.
    pub fn take_back(&mut self, id: SubmissionId) {
        self.draft.outbox.take(id);
    }

    /// Keeps of the draft only what was done after another tab sent it: called when that tab has erased the record. `sent` says of
    /// each submission when send was pressed, by the device's clock as everything in a draft, and when the school received it,
    /// by the school's. What neither tab sent stays.
    pub fn forget_sent(&mut self, sent: &[(i64, i64)]) {
        for task in &self.home.tasks {
            let answered = task.answered.map(Timestamp::as_millis);
            let (Some((pressed, _)), Some(act)) = (
                sent.iter().find(|(_, received)| Some(*received) == answered),
                self.draft.acts.get_mut(&StepKey::of(task).to_string()),
            ) else {
                continue;
            };
            for (key, done) in std::mem::take(&mut act.fields) {
                if done.at > *pressed {
                    act.fields.insert(key, done);
                }
            }
        }
        self.draft.forget(|_, act| act.fields.is_empty());
    }
}
