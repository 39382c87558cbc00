//! What a home holds for a guardian who has shown no more than a code from school, and what she can answer. Called by the home
//! and by the writing of submissions. She sees what she has said herself and what the school says, of what is no health data;
//! nothing of other guardians, and nothing that binds her.

use crate::store::{HomeFile, Published};
use skolstart_shared::api::HomeOut;
use skolstart_shared::fact::{Entry, Source};
use skolstart_shared::form::{ActKey, FormRef, is_open_to_codes};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::{MyPart, TaskStatus};

/// True when she can answer this act.
pub(super) fn can_answer(published: &Published, form: &FormRef, act: &ActKey) -> bool {
    let act = published.form(form).and_then(|form| form.act(act));
    act.is_some_and(|act| is_open_to_codes(act, published.catalogue()))
}

/// True for a value that she is shown.
pub(super) fn is_shown(entry: &Entry, me: PersonId) -> bool {
    entry.source != Source::Guardian || entry.by == Some(me)
}

/// Takes out of what a home is made from what binds several, and what staff have said to them.
pub(super) fn no_decisions(file: &mut HomeFile) {
    file.decisions.clear();
    file.taken_down.clear();
    file.asked.clear();
}

/// Takes every value that another has given out of what a home is made from.
pub(super) fn only_own_entries(file: &mut HomeFile, me: PersonId) {
    for entries in file.snapshots.values_mut().flat_map(|snapshot| snapshot.entries.values_mut()) {
        entries.retain(|entry| is_shown(entry, me));
    }
}

/// Leaves of a home what she can answer.
pub(super) fn only_open(home: &mut HomeOut, published: &Published) {
    home.with_code = true;
    // What stands beside the round is not opened with a code, whoever has begun it or called for it.
    home.tasks.retain(|task| home.begun.iter().all(|form| form.key != task.form.key));
    home.tasks.retain(|task| can_answer(published, &task.form, &task.act));
    for task in &mut home.tasks {
        task.others_left = 0;
        // Whether somebody else has answered is nothing that the letter tells.
        task.status = match (task.mine, task.status) {
            (MyPart::ToDo, _) => TaskStatus::NotStarted,
            // The last day has passed without her answer.
            (MyPart::Waits, TaskStatus::Expired) => TaskStatus::Expired,
            _ => TaskStatus::Complete,
        };
    }
    home.children.iter_mut().for_each(|child| child.other_guardians = 0);
    home.offers.clear();
    home.begun.clear();
    home.applications.clear();
}
