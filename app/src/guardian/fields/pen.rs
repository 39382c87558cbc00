//! One step being answered: where answers go, and what is to be said about them now.

use crate::forms::{ActState, StepKey};
use crate::guardian::work::Work;
use crate::i18n::locale;
use leptos::prelude::*;
use skolstart_shared::Violation;
use skolstart_shared::form::{Field, FieldKey, FieldKind};
use skolstart_shared::violation::Code;

/// See the module. Copy it freely.
#[derive(Clone, Copy)]
pub(in crate::guardian) struct Pen {
    /// The work.
    pub(in crate::guardian) work: Work,
    step: StoredValue<StepKey>,
    /// She has tried to go on: everything that is wrong is said.
    pub(in crate::guardian) tried: RwSignal<bool>,
    left: RwSignal<Vec<String>>,
    /// Everything that is wrong with the step.
    pub(in crate::guardian) wrong: Memo<Vec<Violation>>,
}

impl Pen {
    /// Starts on a step.
    pub(in crate::guardian) fn new(work: Work, step: &StepKey) -> Self {
        let own = StoredValue::new(step.clone());
        let refused = move || {
            let refused = work.refused.get().into_iter();
            refused
                .filter(move |refusal| own.with_value(|step| refusal.step == *step))
                .map(|one| one.violation)
        };
        let was_refused = untrack(refused).next().is_some();
        let wrong = Memo::new(move |_| {
            let mut wrong =
                own.with_value(|step| work.with(|session| session.violations(step))).unwrap_or_default();
            wrong.extend(refused());
            wrong
        });
        Self { work, step: own, tried: RwSignal::new(was_refused), left: RwSignal::default(), wrong }
    }

    /// The step.
    pub(in crate::guardian) fn step(self) -> StepKey {
        self.step.get_value()
    }

    /// Reads how the act stands, and follows it.
    pub(in crate::guardian) fn with<T>(self, read: impl FnOnce(&ActState<'_>) -> T) -> Option<T> {
        self.step.with_value(|step| self.work.with(|session| session.act(step).map(|act| read(&act)))?)
    }

    /// True while the field is asked.
    pub(super) fn is_visible(self, field: &FieldKey) -> bool {
        self.with(|act| act.visible().iter().any(|visible| visible.key == *field)).unwrap_or(false)
    }

    /// What is to be said about a path now: nothing while she is still typing, and that something is missing only after
    /// she has tried to go on.
    pub(super) fn said_about(self, path: &str) -> Option<Violation> {
        let found =
            self.wrong.with(|wrong| wrong.iter().find(|violation| violation.path == path).cloned())?;
        let is_left =
            self.left.with(|left| left.iter().any(|one| one == path)) && found.code != Code::Required;
        (self.tried.get() || is_left).then_some(found)
    }

    /// What the field of a path is called; within rows, the column and which row.
    pub(in crate::guardian) fn label_of(self, path: &str) -> String {
        let mut parts = path.split('.');
        let (field, row, column) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let label = |fields: &[Field], key: &str| {
            let field = fields.iter().find(|field| field.key.as_str() == key);
            field.map(|field| field.label.get(locale()).to_owned()).unwrap_or_default()
        };
        let words = self.with(|act| {
            match (act.act.field(&FieldKey(field.to_owned())).map(|field| &field.kind), row, column) {
                (Some(FieldKind::Rows { fields, row: what, .. }), Some(row), Some(column)) => {
                    let place = row.parse::<usize>().map_or(0, |row| row + 1).to_string();
                    [what.get(locale()), " ", &place, ", ", &label(fields, column)].concat()
                }
                _ => label(&act.act.fields, field),
            }
        });
        words.unwrap_or_default()
    }

    /// She has left a field.
    pub(super) fn leave(self, path: &str) {
        if !self.left.with_untracked(|left| left.iter().any(|one| one == path)) {
            self.left.update(|left| {
                left.push(path.to_owned());
            });
        }
    }

    /// Rows have changed places: what was left is somewhere else now.
    pub(super) fn forget_left(self) {
        self.left.set(Vec::new());
    }

    /// What the server refused about a field is answered by a change of it.
    pub(super) fn answered(self, field: &FieldKey) {
        let step = self.step();
        let is_it = move |path: &str| path.split('.').next() == Some(field.as_str());
        if self.work.refused.with_untracked(|refused| !refused.is_empty()) {
            self.work.refused.update(|refused| {
                refused.retain(|one| !(one.step == step && is_it(&one.violation.path)));
            });
        }
    }
}
