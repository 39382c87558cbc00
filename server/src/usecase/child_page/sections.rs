use super::Desk;
use crate::store::AboutChild;
use crate::usecase::columns::column;
use crate::usecase::consents::about;
use crate::usecase::home::applies;
use skolstart_shared::api::{ActName, AnswerableOut, StaffFact, StaffSection};
use skolstart_shared::consent::{ConsentCase, Standing, standing};
use skolstart_shared::fact::{Element, Entry, Freshness, Subject, freshness};
use skolstart_shared::form::{Act, ActKind, Answers, Field, FieldKind, FormDefinition, Setting};
use skolstart_shared::id::PersonId;
use skolstart_shared::round::{Round, TaskStatus};

impl Desk<'_> {
    /// The acts of the round that apply to the child, in order.
    pub(super) fn sections(&self) -> Vec<StaffSection> {
        let Some(round) = self.round else { return Vec::new() };
        let setting = self.file.child.setting(self.today);
        let acts = self.published.acts_of(round).filter(|(_, act)| applies(act, &setting));
        let sections = acts.filter_map(|(form, act)| {
            let section = self.section(round, form, act, &setting);
            (!self.is_answered_here(act, section.status)).then_some(section)
        });
        sections.collect()
    }

    /// True for what the reader answers for the school: `usecase::staff_acts` shows that.
    fn is_answered_here(&self, act: &Act, status: TaskStatus) -> bool {
        let is_hers = act.signers.staff().is_some_and(|(function, _)| self.tasks.contains(&function));
        is_hers && act.subject == Subject::Child && !matches!(status, TaskStatus::NotYet | TaskStatus::Exempt)
    }

    pub(super) fn section(
        &self,
        round: &Round,
        form: &FormDefinition,
        act: &Act,
        setting: &Setting,
    ) -> StaffSection {
        let key = (form.key.clone(), act.key.clone());
        let stored = self.file.tasks.iter().find(|(task, _)| *task == key).map(|(_, status)| *status);
        let status = stored.unwrap_or(TaskStatus::NotStarted);
        let name = ActName { form: form.key.clone(), act: act.key.clone() };
        let facts = match act.subject {
            _ if !self.reads(act) => Vec::new(),
            Subject::Child => self.about_child(round, form, act, setting),
            Subject::Guardian => self.about_guardians(act, setting),
        };
        StaffSection {
            column: column(form, act, self.locale),
            status: status.seen_on(self.today, self.file.child.last_day(round)),
            others_left: self.left(round, form, act, setting),
            facts,
            answered: self.answered(round, form, act),
            answerable: self.answerable(form, act).filter(|_| self.reads(act)),
            returned: self.returned(round, form, act, status),
            askable: self.askable(round, form, act),
            exempt: self.exempt(round, Some(&name)),
            versions: self.versions(round, form, act, status),
        }
    }

    /// How many of those who decide still have to answer.
    fn left(&self, round: &Round, form: &FormDefinition, act: &Act, setting: &Setting) -> u8 {
        let child = &self.file.child;
        let about = AboutChild {
            answers: &self.file.answers,
            round: round.id,
            form,
            kept: false,
            family: child.family(self.today),
            applies: &|act| applies(act, setting),
            exempt: &|act| child.is_exempt(round.id, &form.key, &act.key),
        };
        u8::try_from(about.case(act).evidence().missing().len()).unwrap_or(u8::MAX)
    }

    fn about_child(
        &self,
        round: &Round,
        form: &FormDefinition,
        act: &Act,
        setting: &Setting,
    ) -> Vec<StaffFact> {
        let known = self.known(act, self.file.child.id);
        // What was sent holds other parts too, of which some can go to others.
        let is_handed = self.is_handed(form, act);
        let mut facts = Vec::new();
        for field in &act.fields {
            if matches!(field.kind, FieldKind::Consent { .. }) {
                facts.push(self.consent(form, act, field));
            } else if let Some(element) = self.element(field) {
                facts.extend(self.facts(field, element, self.file.child.id, None));
                if !known.0.contains_key(&field.key) && field.is_visible(&known, setting) {
                    facts.push(self.missing(field, None));
                }
            } else if field.element.is_none() && is_handed {
                facts.extend(self.only_here(round, form, act, field));
            }
        }
        facts
    }

    /// What guardians say of themselves stands under their own names.
    fn about_guardians(&self, act: &Act, setting: &Setting) -> Vec<StaffFact> {
        let guardians = self.file.child.guardians.iter().filter(|guardian| self.may_show(**guardian));
        let of = |guardian: &PersonId| {
            let known = self.known(act, *guardian);
            let name = self.name_of(*guardian);
            let mut facts = Vec::new();
            for (field, element) in act.fields.iter().filter_map(|field| Some((field, self.element(field)?)))
            {
                facts.extend(self.facts(field, element, *guardian, name.clone()));
                if !known.0.contains_key(&field.key) && field.is_visible(&known, setting) {
                    facts.push(self.missing(field, name.clone()));
                }
            }
            facts
        };
        guardians.flat_map(of).collect()
    }

    pub(super) fn element(&self, field: &Field) -> Option<&Element> {
        let element = self.published.catalogue().get(field.element.as_ref()?)?;
        self.may_see(element).then_some(element)
    }

    /// What is said today. A value that was taken away is stored as an empty one, and is no longer said.
    fn entries(&self, element: &Element, subject: PersonId) -> Vec<&Entry> {
        let said = self.values_of(element, subject).0;
        said.into_iter().filter(|entry| !entry.value.is_empty()).collect()
    }

    /// One value per field, to see which other fields are asked at all.
    fn known(&self, act: &Act, subject: PersonId) -> Answers {
        let value = |field: &Field| {
            let entries = self.entries(self.element(field)?, subject);
            Some((field.key.clone(), entries.last()?.value.clone()))
        };
        act.fields.iter().filter_map(value).collect()
    }

    fn facts(
        &self,
        field: &Field,
        element: &Element,
        subject: PersonId,
        name: Option<String>,
    ) -> Vec<StaffFact> {
        let (entries, contradict) = self.values_of(element, subject);
        let fact = |entry: &Entry| StaffFact {
            value: Some(entry.value.clone()),
            source: Some(entry.source),
            by: name.clone().or_else(|| self.name_of(entry.by?)),
            confirmed: Some(entry.confirmed),
            freshness: if contradict {
                Freshness::Contradicted
            } else {
                freshness(element, Some(entry), self.today)
            },
            ..self.missing(field, None)
        };
        entries.into_iter().filter(|entry| !entry.value.is_empty()).map(fact).collect()
    }

    pub(super) fn missing(&self, field: &Field, by: Option<String>) -> StaffFact {
        StaffFact {
            label: field.label.get(self.locale).to_owned(),
            kind: field.kind.clone(),
            value: None,
            standing: None,
            waits_for: Vec::new(),
            until: None,
            limits: Vec::new(),
            source: None,
            by,
            confirmed: None,
            freshness: Freshness::Missing,
        }
    }

    /// Those whose answers to an act of consent staff may take down: never for what is blocked.
    fn answerable(&self, form: &FormDefinition, act: &Act) -> Option<AnswerableOut> {
        let is_consent = act.kind == ActKind::Consent && act.subject == Subject::Child;
        let field = act.fields.first().filter(|_| is_consent && !self.is_shielded())?;
        let child = &self.file.child;
        let heard = self.rules.ask(child, false, form, act, field, |case| case.heard());
        let named = |who: PersonId| {
            let own = (who == child.id).then(|| child.name.for_staff().full());
            Some((who, own.or_else(|| self.name_of(who))?))
        };
        let label = |field: &Field| (field.key.clone(), field.label.get(self.locale).to_owned());
        Some(AnswerableOut {
            form: form.reference(),
            people: heard.into_iter().filter_map(named).collect(),
            channels: act.fields.iter().filter(|field| field.kind.is_asked()).map(label).collect(),
        })
    }

    fn consent(&self, form: &FormDefinition, act: &Act, field: &Field) -> StaffFact {
        let child = &self.file.child;
        let decisions = about(form, act, &field.key, &self.file.decisions);
        let latest = decisions.iter().map(|decision| decision.at).max();
        let read = |case: &ConsentCase<'_>| {
            let limited = case.limited(&decisions);
            (standing(case, &decisions), case.waits_for(&decisions), case.until(&decisions), limited)
        };
        let (stands, waits_for, until, limited) =
            self.rules.ask(child, self.is_shielded(), form, act, field, read);
        StaffFact {
            standing: Some(stands),
            waits_for: waits_for.into_iter().map(|who| self.name_of(who).unwrap_or_default()).collect(),
            limits: match stands {
                Standing::Limited(_) => {
                    limited.iter().filter_map(|seq| self.file.limits.get(seq).cloned()).collect()
                }
                _ => Vec::new(),
            },
            until,
            confirmed: latest,
            freshness: if latest.is_some() { Freshness::Known } else { Freshness::Missing },
            ..self.missing(field, None)
        }
    }
}
