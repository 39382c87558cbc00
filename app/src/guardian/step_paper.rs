//! A step of the guardian's work as a paper that fields are drawn on.

use super::kept_files;
use super::later::file_keeper;
use super::work::Work;
use crate::fields::{FileKeeper, Paper};
use crate::forms::{ActState, Doing, Input, StepKey};
use crate::state::clock;
use skolstart_shared::Violation;
use skolstart_shared::fact::Value;
use skolstart_shared::form::FieldKey;
use skolstart_shared::id::{FileId, PersonId};
use std::pin::Pin;
use std::rc::Rc;
use web_sys::Blob;

/// See the module.
pub(super) struct StepPaper {
    /// The work it is part of.
    pub(super) work: Work,
    /// The step.
    pub(super) step: StepKey,
}

impl Paper for StepPaper {
    fn read(&self, read: &mut dyn FnMut(&ActState<'_>)) {
        self.work.with(|session| {
            if let Some(act) = session.act(&self.step) {
                read(&act);
            }
        });
    }

    fn write(&self, field: &FieldKey, doing: Doing) {
        // She has begun: what reads it all through and sends it will be needed, with or without a network.
        self.work.later.soon();
        self.work.change(|session| session.write(&self.step, field, doing, clock::now()));
    }

    fn offered(&self, field: &FieldKey) -> Option<Value> {
        self.work.with(|session| session.task(&self.step)?.offered.get(field).cloned()).flatten()
    }

    fn siblings(&self, field: &FieldKey) -> Vec<(String, Input)> {
        let found = self.work.with(|session| {
            let mut found = Vec::new();
            for task in &session.home.tasks {
                let other = StepKey::of(task);
                let is_sibling = other.child != self.step.child && other.child.is_some();
                if !is_sibling || other.act != self.step.act || other.form != self.step.form {
                    continue;
                }
                if let Some(act) = session.state_of(task)
                    && let (Some(child), Some(asked)) = (act.child, act.act.field(field))
                    && let Some(value) = act.answers().get(field)
                {
                    let input = Input::from_value(&asked.kind, value, act.setting.today);
                    found.push((child.given_name.clone(), input));
                }
            }
            found
        });
        found.unwrap_or_default()
    }

    fn asked(&self, field: &FieldKey) -> Option<String> {
        let asked = |step| {
            self.work.with(|session| session.task(step)?.returned.as_ref()?.questions.get(field).cloned())
        };
        asked(&self.step)?
    }

    fn files(&self) -> Option<Rc<dyn FileKeeper>> {
        file_keeper(self.work, self.step.child)
    }

    fn refused(&self) -> Vec<Violation> {
        self.work.with(|session| session.refused(&self.step).to_vec()).unwrap_or_default()
    }
}

/// Files wait where the draft is kept. Comes with the widget that takes them.
pub(super) struct Files(pub(super) Work, pub(super) Option<PersonId>);

impl FileKeeper for Files {
    fn about(&self) -> Option<PersonId> {
        self.1
    }

    fn keep(&self, id: FileId, bytes: &Blob) {
        kept_files::keep_file(self.0, id, bytes.clone());
    }

    fn bring(&self, id: FileId) -> Pin<Box<dyn Future<Output = Option<Blob>>>> {
        Box::pin(kept_files::kept_file(self.0, id))
    }

    fn forget(&self, id: FileId) {
        kept_files::drop_file(self.0, id);
    }
}
