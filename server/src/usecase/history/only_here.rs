//! What belongs to no element of the catalogue: said in one form only, and told to those of the staff whom the answer goes to.

use super::{Book, Line};
use crate::store::AnswerLine;
use skolstart_shared::api::HistoryChange;
use skolstart_shared::fact::{Provenance, Subject};
use skolstart_shared::form::{Field, FieldKind};
use skolstart_shared::submission::{ActAnswer, SubmissionContent};

impl Book<'_> {
    /// True for an answer with something that belongs to no element of the catalogue, where it goes to a task of the reader's.
    pub(super) fn is_handed(&self, line: &AnswerLine) -> bool {
        let asked = self.published.newest_with(&line.form, &line.act);
        asked.is_some_and(|(form, act)| {
            act.subject == Subject::Child
                && act.fields.iter().any(is_only_here)
                && self.viewer.is_given(form, act)
        })
    }

    /// What was answered to such questions, in the version of that day.
    pub(super) fn only_here(&self, line: &AnswerLine, sent: Option<&SubmissionContent>) -> Vec<Line> {
        let is_it = |sent: &&ActAnswer| {
            sent.form.key == line.form && sent.act == line.act && sent.child == Some(self.child)
        };
        let Some(answer) = sent.and_then(|sent| sent.acts.iter().find(is_it)) else { return Vec::new() };
        let form = self.published.form(&answer.form);
        let Some((form, act)) = form.and_then(|form| Some((form, form.act(&answer.act)?))) else {
            return Vec::new();
        };
        let by = match line.by {
            _ if act.signers.staff().is_some() => Provenance::Staff,
            by if by == self.child => Provenance::Pupil,
            _ => Provenance::OtherGuardian,
        };
        let said = act.fields.iter().filter(|field| is_only_here(field)).filter_map(|field| {
            let value = answer.answers.get(&field.key).filter(|value| !value.is_empty())?;
            let change = HistoryChange::Given(Some(value.clone()));
            let entry = self.entry(line.at, form, act, field, change, by);
            Some(Line { entry, who: Some(line.by), role: None, asked: Some(self.told_then(form, field)) })
        });
        said.collect()
    }
}

/// True for a question whose answer belongs to one form only.
fn is_only_here(field: &Field) -> bool {
    field.element.is_none() && field.kind.is_asked() && !matches!(field.kind, FieldKind::Consent { .. })
}
