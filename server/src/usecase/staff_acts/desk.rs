//! Whose turn it is with the acts of one child.

use crate::policy::{Principal, tasks_with};
use crate::store::{AboutChild, Answers, ChildRecord, PersonRecord, Published, SchoolFile};
use crate::usecase::home::applies;
use skolstart_shared::access::Function;
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, FormDefinition, Setting};
use skolstart_shared::id::{PersonId, RoundId, SubmissionId};
use skolstart_shared::round::{Round, TaskStatus, status};
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;

/// What is said about the acts of a child.
pub(super) struct Desk<'a> {
    pub(super) published: &'a Published,
    pub(super) child: &'a ChildRecord,
    pub(super) people: &'a HashMap<PersonId, PersonRecord>,
    pub(super) answers: &'a Answers,
    pub(super) today: Date,
}

/// An act that is staff's to answer.
#[derive(Clone, Copy)]
pub(super) struct Turn<'a> {
    pub(super) form: &'a FormDefinition,
    pub(super) act: &'a Act,
    pub(super) function: Function,
    pub(super) round: RoundId,
    pub(super) status: TaskStatus,
    /// Nobody waits for it.
    pub(super) may_begin: bool,
}

/// What somebody has answered to an act.
#[derive(Clone, Copy)]
pub(super) struct Answered<'a> {
    pub(super) act: &'a Act,
    pub(super) by: PersonId,
    pub(super) at: Timestamp,
    pub(super) sent: SubmissionId,
}

impl<'a> Desk<'a> {
    /// About the child of this file.
    pub(super) fn of(published: &'a Published, file: &'a SchoolFile, today: Date) -> Self {
        Self { published, child: &file.child, people: &file.people, answers: &file.answers, today }
    }

    pub(super) fn setting(&self) -> Setting {
        self.child.setting(self.today)
    }

    fn round(&self) -> Option<&'a Round> {
        let place = self.child.place?;
        self.published.current_for(self.today, |round| round.includes(&place.stands())).map(AsRef::as_ref)
    }

    /// The acts whose turn it is, of those that the reader has the task of.
    pub(super) fn turns(&self, principal: &Principal) -> Vec<Turn<'a>> {
        let tasks = tasks_with(principal, self.child, self.child.is_shielded(self.people));
        let (Some(round), false) = (self.round(), tasks.is_empty()) else { return Vec::new() };
        let in_round = self.published.forms_of(round).map(AsRef::as_ref);
        let is_beside = |form: &&FormDefinition| !round.forms.iter().any(|of| of.key == form.key);
        let beside = self.published.newest_forms().into_iter().map(AsRef::as_ref).filter(is_beside);
        let all = in_round.chain(beside).flat_map(|form| form.acts.iter().map(move |act| (form, act)));
        let turn = |(form, act): (&'a FormDefinition, &'a Act)| {
            let (function, _) = act.signers.staff()?;
            let is_hers = act.subject == Subject::Child && tasks.contains(&function);
            (is_hers && applies(act, &self.setting())).then(|| self.turn(form, act, function, round))?
        };
        all.filter_map(turn).collect()
    }

    /// `None`: it is not staff's turn yet, or nobody needs it.
    fn turn(
        &self,
        form: &'a FormDefinition,
        act: &'a Act,
        function: Function,
        current: &Round,
    ) -> Option<Turn<'a>> {
        let round = self.round_of(form, current);
        let setting = self.setting();
        // Who is exempt from what the round asks may still borrow a computer.
        let is_asked = current.forms.iter().any(|of| of.key == form.key);
        let about = AboutChild {
            answers: self.answers,
            round,
            form,
            kept: false,
            family: self.child.family(self.today),
            applies: &|act| applies(act, &setting),
            exempt: &|act| is_asked && self.child.is_exempt(round, &form.key, &act.key),
        };
        let status = status(&about.case(act).evidence());
        let is_turn = !matches!(status, TaskStatus::NotYet | TaskStatus::Exempt);
        let may_begin = act.on_demand && act.after.is_none() && status == TaskStatus::WaitingForStaff;
        is_turn.then_some(Turn { form, act, function, round, status, may_begin })
    }

    /// A form that is begun in one round is finished in it, also when the next one has come.
    fn round_of(&self, form: &FormDefinition, current: &Round) -> RoundId {
        let answered = |round: RoundId| {
            let of = |act: &Act| self.answers.of(self.child.id, round, &form.key, act).iter();
            form.acts.iter().flat_map(of).map(|(answer, _)| answer.at).max()
        };
        let rounds = self.answers.rounds_of(self.child.id, &form.key).into_iter();
        let last = rounds.filter_map(|round| Some((answered(round)?, round))).max();
        last.map_or(current.id, |(_, round)| round)
    }

    /// What has been answered about the child in the form of a turn, oldest first.
    pub(super) fn answered(&self, turn: &Turn<'a>) -> Vec<Answered<'a>> {
        let of = |act: &'a Act| {
            let answers = self.answers.of(self.child.id, turn.round, &turn.form.key, act).iter();
            answers.map(move |(answer, sent)| Answered { act, by: answer.signer, at: answer.at, sent: *sent })
        };
        let acts = turn.form.acts.iter().filter(|act| act.subject == Subject::Child);
        let mut all: Vec<_> = acts.flat_map(of).collect();
        all.sort_by_key(|answered| (answered.at, answered.sent));
        all
    }
}
