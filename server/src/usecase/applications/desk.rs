//! What is said about one application, from everything around it.

use crate::clock::Clock;
use crate::policy::{Principal, tasks_with};
use crate::store::{AboutChild, ApplicationList, ApplicationRecord, ChildRecord, Published, Store};
use crate::usecase::sent::answered;
use skolstart_shared::access::Function;
use skolstart_shared::api::{ApplicationLine, Letter, LetterLine, UnitOption};
use skolstart_shared::application::{
    ApplicationState, Evidence, Granted, PupilPart, Sheet, Stance, carried, state,
};
use skolstart_shared::consent::PupilSay;
use skolstart_shared::fact::Value;
use skolstart_shared::form::{
    Act, Answers, DecisionOutcome, DecisionRule, FieldKind, FormDefinition, Setting,
};
use skolstart_shared::id::{PersonId, SubmissionId};
use skolstart_shared::round::{TaskStatus, status};
use skolstart_shared::{Date, Locale, Timestamp};

/// What answers about applications are made from.
pub(super) struct Desk<'a> {
    pub(super) published: &'a Published,
    pub(super) list: &'a ApplicationList,
    pub(super) today: Date,
    /// From what age pupils have an own say here.
    pub(super) say: PupilSay,
    pub(super) locale: Locale,
    /// Says what day a time is, where the municipality is.
    pub(super) clock: &'a Clock,
}

/// An application with its form and child.
pub(super) struct Subject<'a> {
    pub(super) record: &'a ApplicationRecord,
    pub(super) child: &'a ChildRecord,
    pub(super) form: &'a FormDefinition,
    pub(super) act: &'a Act,
    pub(super) rule: &'a DecisionRule,
    pub(super) setting: Setting,
}

/// How an application stands, and whose turn it is.
#[derive(Clone, Copy)]
pub(super) struct Stand {
    pub(super) state: ApplicationState,
    pub(super) waits_for: Option<Function>,
}

impl<'a> Desk<'a> {
    pub(super) fn of(
        store: &'a Store,
        published: &'a Published,
        list: &'a ApplicationList,
        today: Date,
        locale: Locale,
    ) -> Self {
        Self { published, list, today, locale, say: store.pupil_say(), clock: store.clock() }
    }

    /// `None`: the form is not there any more, or the child has left the register.
    pub(super) fn subject(&self, record: &'a ApplicationRecord) -> Option<Subject<'a>> {
        let form = self.published.form(&record.form)?;
        let act = form.act(&record.act)?;
        let child = self.list.children.get(&record.child)?;
        let setting = child.setting(self.today);
        Some(Subject { record, child, form, act, rule: act.decision.as_ref()?, setting })
    }

    /// How far the answers of those who apply have come.
    fn answers(&self, subject: &Subject<'_>) -> TaskStatus {
        let record = subject.record;
        let mut family = subject.child.family(self.today);
        let said = record.pupil().filter(|_| self.pupil(subject).is_some_and(|part| part.must));
        match said.map(|view| view.stance) {
            Some(Stance::Against) => return TaskStatus::Conflict,
            // What she has said stands in the place of her signature: the guardians' are left.
            Some(_) => family.age = None,
            None => {}
        }
        let about = AboutChild {
            answers: &self.list.answers,
            round: record.round,
            form: subject.form,
            kept: false,
            family,
            applies: &|_| true,
            exempt: &|_| false,
        };
        status(&about.case(subject.act).evidence())
    }

    /// The pupil's own part in the application.
    pub(super) fn pupil(&self, subject: &Subject<'_>) -> Option<PupilPart> {
        PupilPart::of(self.say, &subject.act.signers, subject.child.family(self.today).age)
    }

    pub(super) fn stand(&self, subject: &Subject<'_>) -> Stand {
        let decider = self.decider(subject, &self.carried(subject));
        let opinion = subject.rule.opinion_before(decider);
        let happened = subject.record.happened();
        let evidence = Evidence {
            happened: &happened,
            answers: self.answers(subject),
            needs_opinion: opinion.is_some(),
        };
        let state = state(&evidence);
        let waits_for = match state {
            ApplicationState::Received => decider,
            ApplicationState::WaitingForOpinion => opinion,
            _ => None,
        };
        Stand { state, waits_for }
    }

    /// Whose task the decision is, with these fields of the handler.
    pub(super) fn decider(&self, subject: &Subject<'_>, fields: &Answers) -> Option<Function> {
        let applied = self.latest(subject.record).map(|(.., answers)| answers).unwrap_or_default();
        let sheet = Sheet::of(subject.act, &applied)?;
        subject.rule.decider(&sheet, fields, &subject.setting)
    }

    /// What the handler's fields start from.
    pub(super) fn carried(&self, subject: &Subject<'_>) -> Answers {
        if subject.rule.carries.is_empty() {
            return Answers::default();
        }
        let before =
            |other: &&ApplicationRecord| other.is_like(subject.record) && other.id != subject.record.id;
        let earlier: Vec<Granted> =
            self.list.applications.iter().filter(before).filter_map(|other| self.granted(other)).collect();
        carried(subject.rule, &earlier, self.today)
    }

    fn granted(&self, record: &ApplicationRecord) -> Option<Granted> {
        let (event, decided) = record.decided()?;
        let outcome = decided.decision.outcome;
        if !matches!(outcome, DecisionOutcome::Granted | DecisionOutcome::Partly) {
            return None;
        }
        let mut answers = self.latest(record).map(|(.., answers)| answers).unwrap_or_default();
        answers.0.extend(decided.decision.fields.0.clone());
        Some(Granted { decided: self.clock.day_of(event.at), answers })
    }

    /// What was answered last, by whom and when.
    pub(super) fn latest(&self, record: &ApplicationRecord) -> Option<(PersonId, Timestamp, Answers)> {
        record.applied().rev().find_map(|(by, at, id)| Some((by, at, self.answered(record, id)?)))
    }

    pub(super) fn answered(&self, record: &ApplicationRecord, id: SubmissionId) -> Option<Answers> {
        let content = self.list.contents.get(&id)?;
        let setting = self.list.children.get(&record.child)?.setting(self.today);
        let act = (&record.form.key, &record.act);
        answered(self.published, content, act, |child| child == Some(record.child), &setting)
    }

    /// The tasks that somebody has with the child.
    pub(super) fn tasks(&self, principal: &Principal, child: &ChildRecord) -> Vec<Function> {
        tasks_with(principal, child, child.is_shielded(&self.list.people))
    }

    /// As a line of a list. `None`: the reader has no task with it.
    pub(super) fn line(&self, principal: &Principal, subject: &Subject<'_>) -> Option<ApplicationLine> {
        let (record, child) = (subject.record, subject.child);
        let tasks = self.tasks(principal, child);
        if !subject.rule.concerned().any(|function| tasks.contains(&function)) {
            return None;
        }
        let stand = self.stand(subject);
        Some(ApplicationLine {
            application: record.id,
            child: child.id,
            name: child.name.for_staff().full(),
            protected: child.protected,
            unit: child.unit.clone().unwrap_or_default(),
            group: child.place.and_then(|place| place.group).zip(child.group.clone()),
            form: record.form.clone(),
            title: subject.form.title.get(self.locale).to_owned(),
            state: stand.state,
            waits_for: stand.waits_for,
            mine: stand.waits_for.is_some_and(|function| tasks.contains(&function)),
            opened: record.opened,
            due: self.due(subject, stand.state),
        })
    }

    /// When the decision was promised, while there is none.
    pub(super) fn due(&self, subject: &Subject<'_>, state: ApplicationState) -> Option<Date> {
        let days = subject.rule.days.filter(|_| !state.is_closed())?;
        Some(self.clock.day_of(subject.record.opened).add_days(i32::from(days)))
    }

    /// What the applicant is told of the decision that stands.
    pub(super) fn letter(
        &self,
        subject: &Subject<'_>,
        municipality: &str,
        units: &[UnitOption],
    ) -> Option<Letter> {
        let (event, decided) = subject.record.decided()?;
        let rule = subject.rule;
        let line = |key: &skolstart_shared::form::FieldKey| {
            let field = rule.fields.iter().find(|field| field.key == *key)?;
            let value = decided.decision.fields.get(key)?.clone();
            let label = field.label.get(self.locale).to_owned();
            // A letter is read long after: a unit stands there by its name.
            let named = match (&field.kind, &value) {
                (FieldKind::Unit { .. }, Value::Choice(id)) => {
                    units.iter().find(|unit| unit.id.to_string() == *id).map(|unit| unit.name.clone())
                }
                _ => None,
            };
            Some(match named {
                Some(name) => {
                    LetterLine { label, kind: FieldKind::Text { max: 0 }, value: Value::Text(name) }
                }
                None => LetterLine { label, kind: field.kind.clone(), value },
            })
        };
        let of_unit = decided.function != Function::Officer;
        let unit = subject.child.unit.clone().filter(|_| of_unit);
        let text = |texts: &skolstart_shared::form::Texts| texts.get(self.locale).to_owned();
        Some(Letter {
            outcome: decided.decision.outcome,
            reasons: decided.decision.reasons.clone(),
            at: event.at,
            by: decided.function,
            changed: decided.decision.changes.is_some(),
            lines: rule.told.iter().filter_map(line).collect(),
            law: text(&rule.law),
            appeal: rule.appeal.as_ref().map(text),
            sender: unit.unwrap_or_else(|| municipality.to_owned()),
        })
    }
}
