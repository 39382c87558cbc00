//! What tasks are made from: one act for one child, or for the guardian herself, as she meets it.

use super::count;
use crate::store::{AboutChild, ChildRecord, HomeFile, Published};
use crate::usecase::changes::asked;
use crate::usecase::consents::{Rules, about};
use crate::usecase::kept::{self, Kept};
use crate::usecase::staff_acts::BySchool;
use crate::usecase::{as_pupil, at_home, offers};
use skolstart_shared::api::{ActName, MyDecision, PurposeState, TaskOut};
use skolstart_shared::consent::standing;
use skolstart_shared::fact::{Snapshot, Subject};
use skolstart_shared::form::{
    Act, Answers, Family, FieldKey, FieldKind, FormDefinition, FormKey, Known, Progress, Setting, prefill,
    progress,
};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::{Evidence, MyPart, Round, TaskStatus, my_part, status};
use skolstart_shared::{Date, Locale, Map};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// What tasks are made from.
pub(in crate::usecase) struct Desk<'a> {
    pub(in crate::usecase) published: &'a Published,
    pub(in crate::usecase) rules: Rules<'a>,
    pub(in crate::usecase) round: &'a Round,
    pub(in crate::usecase) file: &'a HomeFile,
    pub(in crate::usecase) me: PersonId,
    /// She acts as a pupil: only what is hers is asked.
    pub(in crate::usecase) as_pupil: bool,
    pub(in crate::usecase) today: Date,
    /// The language of what she reads.
    pub(in crate::usecase) locale: Locale,
    /// What staff have answered in acts that the family then answers to.
    pub(in crate::usecase) by_school: BySchool,
    /// What was answered before and is not asked now, when it has been looked for.
    pub(in crate::usecase) kept: OnceCell<Vec<Kept<'a>>>,
}

/// One act for one subject.
struct Item<'a> {
    form: &'a FormDefinition,
    act: &'a Act,
    child: Option<&'a ChildRecord>,
    setting: Setting,
    /// The round does not ask it and it was answered before.
    kept: bool,
}

impl Desk<'_> {
    pub(super) fn tasks(&self) -> Vec<TaskOut> {
        let acts: Vec<_> = self.published.acts_of(self.round).collect();
        let mut tasks = self.tasks_of(&acts, &|child| self.takes_part(child));
        for form in offers::begun_forms(self) {
            let acts: Vec<_> = form.acts.iter().map(|act| (form.as_ref(), act)).collect();
            let begun = |task: &TaskOut| {
                task.called.is_some() || self.has_answers(task.child.unwrap_or(self.me), form)
            };
            tasks.extend(self.tasks_beside(&acts).into_iter().filter(begun));
        }
        tasks.extend(kept::begun(self).map(|kept| self.kept_task(kept)));
        tasks
    }

    /// The tasks of acts that stand beside every round, whomever it is for.
    pub(in crate::usecase) fn tasks_beside(&self, acts: &[(&FormDefinition, &Act)]) -> Vec<TaskOut> {
        self.tasks_of(acts, &|child| child.place.is_some())
    }

    /// The task of what was answered before.
    pub(in crate::usecase) fn kept_task(&self, kept: &Kept<'_>) -> TaskOut {
        let own = Setting::of_nobody(self.today);
        let setting = kept.child.map_or(own, |child| child.setting(self.today));
        self.task(&Item { form: kept.form, act: kept.act, child: kept.child, setting, kept: true })
    }

    /// True when the round asks the form of the child, or with `None` of the guardian herself.
    pub(in crate::usecase) fn asks_of(&self, form: &FormDefinition, child: Option<&ChildRecord>) -> bool {
        let is_named = self.round.forms.iter().any(|named| named.key == form.key);
        let takes_part = || match child {
            Some(child) => self.takes_part(child),
            None => self.file.children.iter().any(|child| self.takes_part(child)),
        };
        is_named && takes_part()
    }

    /// True when somebody has answered something in the form about this person.
    pub(in crate::usecase) fn has_answers(&self, subject: PersonId, form: &FormDefinition) -> bool {
        self.file.answers.has_begun(subject, self.round.id, &form.key)
    }

    /// Why her own answers call for a form about somebody. `None`: they do not.
    pub(in crate::usecase) fn called(&self, subject: PersonId, called: &FormKey) -> Option<String> {
        let all = self.file.answers.called_for(subject, self.round.id, self.me);
        let (_, form, act) = all.into_iter().find(|(form, ..)| *form == called)?;
        let asking = self.published.newest_with(&form, &act).map(|(_, act)| act);
        let why = asking.and_then(|act| act.calls_because(called)).map(|why| why.get(self.locale));
        Some(why.unwrap_or_default().to_owned())
    }

    /// The forms that her own answers call for.
    pub(in crate::usecase) fn called_forms(&self) -> BTreeSet<FormKey> {
        let children = self.file.children.iter().map(|child| child.id);
        let all = children.chain([self.me]);
        all.flat_map(|subject| self.file.answers.called_for(subject, self.round.id, self.me))
            .map(|(form, ..)| form.clone())
            .collect()
    }

    /// The tasks of these acts: her own first, then each child's of those who count.
    fn tasks_of(
        &self,
        acts: &[(&FormDefinition, &Act)],
        counts: &dyn Fn(&ChildRecord) -> bool,
    ) -> Vec<TaskOut> {
        let children = self.file.children.iter().filter(|child| counts(child));
        let own = Setting::of_nobody(self.today);
        let mine = acts.iter().filter(|(_, act)| act.subject == Subject::Guardian);
        let mut items: Vec<Item<'_>> =
            mine.map(|(form, act)| Item { form, act, child: None, setting: own, kept: false }).collect();
        // Without a child in the round there is nothing to ask the guardian about herself either; and a pupil is none.
        if self.as_pupil || children.clone().next().is_none() {
            items.clear();
        }
        for child in children {
            let setting = child.setting(self.today);
            let about =
                acts.iter().filter(|(_, act)| act.subject == Subject::Child && applies(act, &setting));
            let about = about.filter(|(form, act)| self.asks(child, form, act));
            let item = |(form, act)| Item { form, act, child: Some(child.as_ref()), setting, kept: false };
            items.extend(about.copied().map(item));
        }
        items.iter().map(|item| self.task(item)).collect()
    }

    /// True for an act about the child that is hers to answer: any, for those who decide for it.
    pub(in crate::usecase) fn asks(&self, child: &ChildRecord, form: &FormDefinition, act: &Act) -> bool {
        !self.as_pupil || as_pupil::is_hers(&self.rules, child, form, act, self.today)
    }

    fn takes_part(&self, child: &ChildRecord) -> bool {
        child.place.as_ref().is_some_and(|place| self.round.includes(&place.stands()))
    }

    /// The last day that the round asks for answers, for each child that takes part.
    pub(super) fn last_days(&self) -> impl Iterator<Item = Date> {
        let children = self.file.children.iter().filter(|child| self.takes_part(child));
        children.map(|child| child.last_day(self.round))
    }

    /// The same for one child; about the guardian herself, as long as any of her children is asked about.
    fn last_day(&self, child: Option<&ChildRecord>) -> Date {
        let about_herself = || self.last_days().max().unwrap_or(self.round.closes);
        child.map_or_else(about_herself, |child| child.last_day(self.round))
    }

    fn task(&self, item: &Item<'_>) -> TaskOut {
        let subject = item.child.map_or(self.me, |child| child.id);
        let own = [self.me];
        let alone = Family { pupil: self.me, age: None, guardians: &own, settled: false };
        let about = AboutChild {
            answers: &self.file.answers,
            round: self.round.id,
            form: item.form,
            kept: item.kept,
            family: item.child.map_or(alone, |child| child.family(self.today)),
            applies: &|act| applies(act, &item.setting),
            exempt: &|act| {
                item.child.is_some_and(|child| child.is_exempt(self.round.id, &item.form.key, &act.key))
            },
        };
        let case = about.case(item.act);
        let evidence = case.evidence();
        let my_answer = case.answers().iter().find(|answer| answer.signer == self.me);
        let name = ActName { form: item.form.key.clone(), act: item.act.key.clone() };
        let known = self.known(item, subject);
        let (purposes, renew) = item.child.map(|child| self.purposes(item, child)).unwrap_or_default();
        let pupil = item.child.filter(|_| self.as_pupil && !purposes.is_empty());
        let say =
            pupil.and_then(|pupil| as_pupil::say(pupil, item.act, self.today, renew, my_answer.is_some()));
        let mine = match say.unwrap_or_else(|| my_part(&evidence, self.me)) {
            // Her yes has ended, or the text means something else now.
            MyPart::Done if renew => MyPart::ToDo,
            // Something has come to contradict what she answered: that is asked, and only that.
            MyPart::Done if known.values().any(|known| !known.others.is_empty()) => MyPart::ToDo,
            part => part,
        };
        let is_returned = my_answer.is_some_and(|answer| answer.returned);
        // Nobody asks for it: she may change it.
        let mine = if item.kept && mine == MyPart::ToDo && !is_returned { MyPart::MayDo } else { mine };
        // Nobody has to answer it, unless an answer of hers calls for it.
        let called = match mine {
            MyPart::MayDo if status(&evidence) == TaskStatus::Voluntary => {
                self.called(subject, &item.form.key)
            }
            _ => None,
        };
        let mine = if called.is_some() { MyPart::ToDo } else { mine };
        let last_day = self.last_day(item.child);
        let is_begun = item.kept || item.act.on_demand || my_answer.is_some();
        // The day has passed, and she has not answered: it would not be taken.
        let mine = match mine {
            MyPart::ToDo if last_day < self.today && !is_begun => MyPart::Waits,
            part => part,
        };
        let is_asked = mine == MyPart::ToDo && is_returned;
        let counted = progress(item.act, &known, &item.setting);
        // Where a protected child lives is offered to nobody.
        let is_open = item.child.is_some_and(|child| !child.protected) && !self.as_pupil;
        let hers = is_open.then(|| at_home::home_of(&self.file.snapshots, self.me)).flatten();
        let offered = at_home::offered(item.act, &known, hers);
        TaskOut {
            form: item.form.reference(),
            act: item.act.key.clone(),
            child: item.child.map(|child| child.id),
            status: match status(&evidence) {
                // The round has nothing to do with it: it neither begins nor expires.
                TaskStatus::NotStarted if item.kept => TaskStatus::Voluntary,
                status if item.kept => status,
                TaskStatus::Voluntary if called.is_some() => TaskStatus::NotStarted,
                status => status.seen_on(self.today, last_day),
            },
            mine,
            others_left: self.others_left(&evidence),
            answered: my_answer.map(|answer| answer.at),
            returned: if is_asked { asked(&self.file.asked, subject, self.round.id, &name) } else { None },
            renewed: evidence.renewed_since(self.me),
            offered,
            called,
            known,
            // What she has answered is not asked again.
            progress: if mine == MyPart::ToDo { counted } else { Progress { new: 0, ..counted } },
            purposes,
        }
    }

    fn known(&self, item: &Item<'_>, subject: PersonId) -> Map<FieldKey, Known> {
        let nothing = Snapshot::default();
        let answers = self.file.answers.of(subject, self.round.id, &item.form.key, item.act);
        if let Some(shown) = self.by_school.shown(item.form, item.act, subject, answers) {
            return shown;
        }
        let snapshot = self.file.snapshots.get(&subject).unwrap_or(&nothing);
        prefill(item.act, (subject, snapshot), self.published.catalogue(), self.me, &item.setting)
    }

    fn others_left(&self, evidence: &Evidence<'_>) -> u8 {
        count(evidence.missing().iter().filter(|guardian| **guardian != self.me).count())
    }

    /// What stands about each purpose of an act, and whether she has to answer one of them anew.
    fn purposes(&self, item: &Item<'_>, child: &ChildRecord) -> (Map<FieldKey, PurposeState>, bool) {
        let decisions = self.file.decisions.get(&child.id).map_or(&[][..], Vec::as_slice);
        let consents = item.act.fields.iter().filter(|field| matches!(field.kind, FieldKind::Consent { .. }));
        let mut renew = false;
        let states = consents.map(|field| {
            let about = about(item.form, item.act, &field.key, decisions);
            let mine =
                about.iter().filter(|decision| decision.by == self.me).max_by_key(|decision| decision.seq);
            let mine = mine.map(|decision| MyDecision {
                choice: decision.choice,
                at: decision.at,
                version: decision.version(),
            });
            let state = self.rules.ask(child, child.protected, item.form, item.act, field, |case| {
                renew |= case.waits_for(&about).contains(&self.me);
                PurposeState {
                    mine,
                    standing: standing(case, &about),
                    waits_for: case.waits_for_others(&about, self.me),
                    until: case.until(&about),
                }
            });
            (field.key.clone(), state)
        });
        (states.collect(), renew)
    }
}

pub(in crate::usecase) fn applies(act: &Act, setting: &Setting) -> bool {
    act.applies_if.as_ref().is_none_or(|condition| condition.holds(&Answers::default(), setting))
}
