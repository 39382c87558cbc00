//! What is left for a guardian from whom something about a child is kept: her own word, and the register's. Called by everything
//! that a guardian reads of a child, before anything is made of it, so that statuses, conflicts and who is waited for follow as if nobody
//! else had said anything. Who decides it is in `withholdings`.

use crate::policy::{Principal, Withheld};
use crate::store::{Answers, HistoryFile, HomeFile, Published};
use skolstart_shared::consent::ConsentDecision;
use skolstart_shared::fact::{Snapshot, Source};
use skolstart_shared::id::PersonId;

/// Takes out of what a home is made from what is kept from her.
pub(super) fn only_hers(published: &Published, principal: &Principal, file: &mut HomeFile) {
    let me = principal.person();
    for (child, kept) in principal.kept_from_her() {
        if let Some(snapshot) = file.snapshots.get_mut(child) {
            own_values(published, kept, me, snapshot);
        }
        if let Some(decisions) = file.decisions.get_mut(child) {
            own_decisions(kept, me, decisions);
        }
        file.asked.retain(|line| {
            let of_form = line.done.act.as_ref().is_none_or(|act| kept.keeps_form(&act.form));
            line.child != *child || !of_form
        });
    }
    own_answers(principal, &mut file.answers);
}

/// The same for the latest answers.
pub(super) fn own_answers(principal: &Principal, answers: &mut Answers) {
    for (child, kept) in principal.kept_from_her() {
        answers.only_of(*child, principal.person(), &|form| kept.keeps_form(form));
    }
}

/// The same for what is known about the child.
pub(super) fn own_values(published: &Published, kept: &Withheld, me: PersonId, snapshot: &mut Snapshot) {
    for (element, entries) in snapshot.entries.iter_mut() {
        if kept.keeps_element(published, element) {
            entries.retain(|entry| Withheld::is_hers(entry, me));
        }
    }
}

/// The same for decisions about consents.
pub(super) fn own_decisions(kept: &Withheld, me: PersonId, decisions: &mut Vec<ConsentDecision>) {
    decisions.retain(|decision| decision.by == me || !kept.keeps_form(&decision.purpose.form));
}

/// The same for a history. What staff did in what is kept is not told either.
pub(super) fn own_history(published: &Published, kept: &Withheld, me: PersonId, file: &mut HistoryFile) {
    file.facts.retain(|fact| {
        let is_hers = fact.by == Some(me) || fact.source == Source::Register;
        is_hers || !kept.keeps_element(published, &fact.element)
    });
    own_decisions(kept, me, &mut file.decisions);
    file.changes.retain(|line| !line.done.act.as_ref().is_none_or(|act| kept.keeps_form(&act.form)));
    file.taken_down.retain(|line| line.answer.by == me || !kept.keeps_form(&line.answer.form.key));
}
