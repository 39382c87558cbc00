//! Answers that name files: whether they are here, whole, about the same person, and the sender's to name. Only the school
//! knows, also what a file is: an answer that has waited on a phone names the picture as it was before the school wrote it anew.

use crate::store::{PlannedFile, Published, SentFile};
use skolstart_shared::fact::{ElementKey, FileRef, Sharing, Value};
use skolstart_shared::form::{Act, ActKey, Answers, FieldKey, FormKey};
use skolstart_shared::id::{FileId, PersonId};
use skolstart_shared::submission::ActAnswer;
use skolstart_shared::{Code, Violation};
use std::collections::HashMap;

/// A file in an answer: the field of the act, and where exactly it stands.
pub(super) struct Named<'a> {
    pub(super) field: &'a FieldKey,
    path: String,
    pub(super) file: &'a FileRef,
}

/// Every file in the answers.
pub(super) fn named(answers: &Answers) -> Vec<Named<'_>> {
    let mut found = Vec::new();
    for (field, value) in &answers.0 {
        collect(field, value, field.as_str().to_owned(), &mut found);
    }
    found
}

fn collect<'a>(field: &'a FieldKey, value: &'a Value, path: String, found: &mut Vec<Named<'a>>) {
    match value {
        Value::Files(files) => {
            found.extend(files.iter().map(|file| Named { field, path: path.clone(), file }));
        }
        Value::Rows(rows) => {
            for (at, row) in rows.iter().enumerate() {
                for (column, value) in row {
                    collect(field, value, format!("{path}.{at}.{column}"), found);
                }
            }
        }
        _ => {}
    }
}

/// The files that an answer to an act is going to hold.
pub(super) fn planned(form: &FormKey, act: &Act, answers: &Answers) -> Vec<PlannedFile> {
    let plan = |named: Named<'_>| PlannedFile {
        id: named.file.id,
        form: form.clone(),
        act: act.key.clone(),
        field: named.field.clone(),
        element: act.field(named.field).and_then(|field| field.element.clone()),
    };
    named(answers).into_iter().map(plan).collect()
}

/// Whose files may be named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// Her own, and what the other guardian has given and she was shown.
    Family,
    /// One's own, and what a colleague has answered to the same question.
    School,
}

/// What the files of an answer are checked against.
pub(super) struct Shelf<'a> {
    pub(super) me: PersonId,
    pub(super) naming: Naming,
    pub(super) published: &'a Published,
    pub(super) files: &'a HashMap<FileId, SentFile>,
}

impl Shelf<'_> {
    /// The answers with each file as the school has it.
    pub(super) fn as_kept(&self, mut answers: Answers) -> Answers {
        for value in answers.0.values_mut() {
            self.put_kept(value);
        }
        answers
    }

    fn put_kept(&self, value: &mut Value) {
        match value {
            Value::Files(files) => {
                for file in files {
                    if let Some(kept) = self.files.get(&file.id) {
                        *file = kept.file.clone();
                    }
                }
            }
            Value::Rows(rows) => {
                for row in rows {
                    for value in row.values_mut() {
                        self.put_kept(value);
                    }
                }
            }
            _ => {}
        }
    }

    /// The answers that name a file which is not theirs to name.
    pub(super) fn missing(&self, sent: &ActAnswer, act: &Act, answers: &Answers) -> Vec<Violation> {
        let named = named(answers);
        let is_wrong = |(at, one): &(usize, &Named<'_>)| {
            let is_twice = named[..*at].iter().any(|other| other.file.id == one.file.id);
            let element = act.field(one.field).and_then(|field| field.element.as_ref());
            is_twice || !self.may_name(sent, one, element)
        };
        let wrong = named.iter().enumerate().filter(is_wrong);
        wrong.map(|(_, one)| Violation::new(one.path.as_str(), Code::FileMissing)).collect()
    }

    fn may_name(&self, sent: &ActAnswer, one: &Named<'_>, element: Option<&ElementKey>) -> bool {
        let Some(kept) = self.files.get(&one.file.id) else { return false };
        let is_same = kept.child == sent.child;
        let is_here = |(form, act, field): &(FormKey, ActKey, FieldKey)| {
            (form, act, field) == (&sent.form.key, &sent.act, one.field)
        };
        let is_same_element = element.is_some() && kept.element.as_ref() == element;
        let is_free = kept.held.as_ref().is_none_or(|held| is_here(held) || is_same_element);
        let is_told = match self.naming {
            Naming::Family => self.is_shared(kept, element),
            Naming::School => kept.held.as_ref().is_some_and(is_here),
        };
        is_same && is_free && (kept.uploader == self.me || is_told)
    }

    /// True for what the other guardian has given and this one was shown.
    fn is_shared(&self, kept: &SentFile, element: Option<&ElementKey>) -> bool {
        let known = element.and_then(|element| self.published.catalogue().get(element));
        kept.held.is_some()
            && kept.element.as_ref() == element
            && known.is_some_and(|element| element.sharing == Sharing::Guardians)
    }
}
