//! What was answered in forms that are there for those who need them: a plan for self-care, a schedule, that a child goes home alone;
//! and in forms of earlier rounds that this one does not ask, where what was answered holds until it is changed. They are shown
//! as they were answered last, in whatever round that was.

use super::Desk;
use crate::store::AboutChild;
use crate::usecase::home::applies;
use skolstart_shared::api::{CalledOut, StaffSection};
use skolstart_shared::fact::Subject;
use skolstart_shared::form::{Act, ActKind, FormDefinition};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::{Round, status};

impl Desk<'_> {
    /// The acts beside the round that somebody has answered, in order of forms.
    pub(super) fn beside(&self) -> Vec<StaffSection> {
        let setting = self.file.child.setting(self.today);
        let sections = self.acts_beside().map(|(round, form, act)| {
            let about = AboutChild {
                answers: &self.file.answers,
                round: round.id,
                form,
                kept: !form.is_on_demand(),
                family: self.file.child.family(self.today),
                applies: &|act| applies(act, &setting),
                exempt: &|_| false,
            };
            let case = about.case(act);
            let (stands, left) = (status(&case.evidence()), case.evidence().missing().len());
            let section = StaffSection {
                status: stands,
                others_left: u8::try_from(left).unwrap_or(u8::MAX),
                ..self.section(round, form, act, &setting)
            };
            // A question would be put in a round that the family no longer meets.
            if about.kept { StaffSection { askable: Vec::new(), returned: None, ..section } } else { section }
        });
        sections.collect()
    }

    /// The same acts, each with the round in which it was answered last.
    pub(super) fn acts_beside(&self) -> impl Iterator<Item = (&Round, &FormDefinition, &Act)> {
        let is_asked = |form: &FormDefinition| {
            self.round.is_some_and(|round| round.forms.iter().any(|asked| asked.key == form.key))
        };
        let forms = self.published.newest_forms().into_iter().map(AsRef::as_ref);
        let forms = forms.filter(move |form: &&FormDefinition| !is_asked(form));
        let is_shown = |form: &FormDefinition, act: &Act| match form.is_on_demand() {
            true => act.kind != ActKind::Application && act.signers.staff().is_none(),
            false => act.can_be_changed(),
        };
        let acts = forms.flat_map(|form| form.acts.iter().map(move |act| (form, act)));
        let acts = acts.filter(move |(form, act)| is_shown(form, act));
        acts.filter_map(|(form, act)| Some((self.last_round(form, act)?, form, act)))
    }

    /// The forms that answers of the round call for and nobody has begun, to whoever reads the answers.
    pub(super) fn called(&self) -> Vec<CalledOut> {
        let Some(round) = self.round else { return Vec::new() };
        let child = &self.file.child;
        let mut lines = Vec::new();
        let subjects = [child.id].into_iter().chain(child.guardians.iter().copied());
        let signers: Vec<PersonId> = [child.id].into_iter().chain(child.guardians.iter().copied()).collect();
        for subject in subjects {
            for signer in signers.iter().filter(|signer| subject == child.id || **signer == subject) {
                for (called, form, act) in self.file.answers.called_for(subject, round.id, *signer) {
                    let asking = self.published.newest_with(&form, &act);
                    let Some((asking_form, asking)) = asking.filter(|(_, act)| self.reads(act)) else {
                        continue;
                    };
                    let newest = self.published.newest(called).filter(|form| form.is_on_demand());
                    let Some(newest) = newest else { continue };
                    if self.file.answers.has_begun(subject, round.id, called) {
                        continue;
                    }
                    let answers = self.file.answers.of(subject, round.id, &asking_form.key, asking);
                    let at = answers
                        .iter()
                        .find(|(answer, _)| answer.signer == *signer)
                        .map(|(answer, _)| answer.at);
                    let why = asking.calls_because(called).map(|why| why.get(self.locale));
                    lines.extend(at.map(|at| CalledOut {
                        title: newest.title.get(self.locale).to_owned(),
                        why: why.unwrap_or_default().to_owned(),
                        at,
                        by: self.name_of(*signer),
                    }));
                }
            }
        }
        lines
    }

    fn last_round(&self, form: &FormDefinition, act: &Act) -> Option<&Round> {
        let child = [self.file.child.id];
        let subjects: &[PersonId] = match act.subject {
            Subject::Child => &child,
            Subject::Guardian => &self.file.child.guardians,
        };
        let answered = |round: &&Round| {
            let of = |subject: &PersonId| self.file.answers.of(*subject, round.id, &form.key, act).iter();
            subjects.iter().flat_map(of).map(|(answer, _)| answer.at).max()
        };
        let rounds = self.published.rounds().iter().map(AsRef::as_ref);
        let found = rounds.filter_map(|round| Some((answered(&round)?, round)));
        found.max_by_key(|(at, _)| *at).map(|(_, round)| round)
    }
}
