//! What has been answered for a child, by whom and when. Called by its handler. Must not know any form, nor name
//! anybody to a guardian: who the other guardian is can be secret.

mod only_here;

use super::{ReadError, at_home, withheld};
use crate::policy::{Grant, Principal, ReadChild, ReadOwnSubmissions, tasks_about};
use crate::store::{
    AnswerLine, ApplicationRecord, ChangeLine, EventRecord, FactLine, HistoryFile, Published, Store,
    TakenDown,
};
use skolstart_shared::Locale;
use skolstart_shared::access::{Function, Role};
use skolstart_shared::api::{
    ApplicationEvent, AskedThen, HistoryByStaff, HistoryChange, HistoryEntry, TaskChange,
};
use skolstart_shared::consent::ConsentDecision;
use skolstart_shared::fact::{Element, Entry, Provenance, Sharing};
use skolstart_shared::form::{Act, Field, FieldKey, FormDefinition, FormRef};
use skolstart_shared::id::{PersonId, SubmissionId};

/// The history of the child of the grant, newest first.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
    principal: &Principal,
) -> Result<Vec<HistoryEntry>, ReadError> {
    let child = grant.child().ok_or(ReadError::NotFound)?;
    let mut file = store.history(&grant).await?;
    store.note(vec![grant.audit("child", Some(child.0))]).await?;
    at_home::own_history(store, principal, child, &mut file).await?;
    let (published, locale) = (store.published(), principal.locale());
    if let Some(kept) = principal.kept_about(child) {
        withheld::own_history(&published, kept, grant.actor(), &mut file);
    }
    let book = Book { published: &published, child, viewer: Viewer::Guardian(grant.actor()), locale };
    Ok(book.lines(&file).into_iter().map(|line| line.entry).collect())
}

/// The same for staff, who see the values that they are among the readers of, the decisions about applications that they have a task
/// with, and the names of those whose identity is not protected.
///
/// # Errors
/// As [`read`].
pub async fn read_by_staff(
    store: &Store,
    grant: Grant<ReadChild>,
    principal: &Principal,
) -> Result<Vec<HistoryByStaff>, ReadError> {
    let child = grant.child().ok_or(ReadError::NotFound)?;
    let file = store.history_by_staff(&grant).await?;
    let tasks = tasks_about(store, principal, child).await?;
    store.note(vec![grant.audit("child", Some(child.0))]).await?;
    let published = store.published();
    let viewer = Viewer::Staff { tasks, is_principal: grant.purpose() == "principal" };
    let book = Book { published: &published, child, viewer, locale: principal.locale() };
    let handed: Vec<&AnswerLine> = file.latest.iter().filter(|line| book.is_handed(line)).collect();
    let ids: Vec<SubmissionId> = handed.iter().map(|line| line.sent).collect();
    let sent = store.sent_to_staff(&grant, &ids).await?;
    let only_here = handed.into_iter().flat_map(|line| book.only_here(line, sent.get(&line.sent)));
    let name = |by: PersonId| {
        let person = file.people.get(&by)?;
        (grant.sees_protected() || !person.protected).then(|| person.name.for_staff().full())
    };
    let mut lines = book.lines(&file);
    lines.extend(only_here);
    lines.sort_by_key(|line| std::cmp::Reverse(line.entry.at));
    Ok(lines
        .into_iter()
        .map(|line| HistoryByStaff {
            name: line.who.and_then(name),
            role: line.role,
            entry: line.entry,
            asked: line.asked,
        })
        .collect())
}

/// A line before it is known how much of it the reader sees.
struct Line {
    entry: HistoryEntry,
    who: Option<PersonId>,
    role: Option<Role>,
    asked: Option<AskedThen>,
}

/// A question, and where it stands.
type Asked<'a> = (&'a FormDefinition, &'a Act, &'a Field);

/// Who reads.
enum Viewer {
    Guardian(PersonId),
    Staff { tasks: Vec<Function>, is_principal: bool },
}

impl Viewer {
    fn guardian(&self) -> Option<PersonId> {
        match self {
            Self::Guardian(me) => Some(*me),
            Self::Staff { .. } => None,
        }
    }

    /// Whether she is shown this value of the element.
    fn sees(&self, element: &Element, fact: &FactLine) -> bool {
        match self {
            Self::Guardian(me) => {
                element.sharing == Sharing::Guardians || fact.by.is_none_or(|giver| giver == *me)
            }
            Self::Staff { tasks, is_principal } => element.audience.holds(tasks, *is_principal),
        }
    }

    /// Whether she is among those who see answers to the act.
    fn reads(&self, act: &Act) -> bool {
        match self {
            Self::Guardian(_) => true,
            Self::Staff { tasks, is_principal } => act.audience.holds(tasks, *is_principal),
        }
    }

    /// Whether what belongs to one form only goes to a task of hers. A guardian has her receipts.
    fn is_given(&self, form: &FormDefinition, act: &Act) -> bool {
        match self {
            Self::Guardian(_) => false,
            Self::Staff { tasks, is_principal } => {
                let has_task = || form.goes_to(act).iter().any(|function| tasks.contains(function));
                self.reads(act) && (*is_principal || has_task())
            }
        }
    }

    /// Whether she is told of decisions about this application: a guardian who has signed it, and staff who have a task with it.
    fn follows(&self, record: &ApplicationRecord, form: &FormDefinition, act: &Act) -> bool {
        match self {
            Self::Guardian(me) => record.applied().any(|(by, ..)| by == *me),
            Self::Staff { tasks, is_principal } => {
                let has_task = || form.goes_to(act).iter().any(|function| tasks.contains(function));
                self.reads(act) && (*is_principal || has_task())
            }
        }
    }
}

struct Book<'a> {
    published: &'a Published,
    child: PersonId,
    viewer: Viewer,
    locale: Locale,
}

impl Book<'_> {
    fn lines(&self, file: &HistoryFile) -> Vec<Line> {
        let facts = &file.facts;
        let mut lines: Vec<Line> = Vec::new();
        let line = |entry, who| Line { entry, who, role: None, asked: None };
        for (at, fact) in facts.iter().enumerate() {
            let then = self.asked_then(fact, file);
            let entry = self.asked(fact).or(then).and_then(|asked| self.fact(fact, &facts[..at], asked));
            let asked = then.map(|(form, _, field)| self.told_then(form, field));
            lines.extend(entry.map(|entry| Line { asked, ..line(entry, fact.by) }));
        }
        for decision in &file.decisions {
            lines.extend(self.decision(decision).map(|entry| line(entry, Some(decision.by))));
        }
        for change in &file.changes {
            let entries = self.change(change).into_iter();
            lines.extend(
                entries.map(|entry| Line { role: Some(change.role), ..line(entry, Some(change.by)) }),
            );
        }
        lines.extend(file.applications.iter().flat_map(|record| self.resolved(record)));
        for taken in &file.taken_down {
            let entry = self.taken_down(taken);
            lines.extend(entry.map(|entry| line(entry, Some(taken.recorded_by))));
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.entry.at));
        lines
    }

    fn fact(
        &self,
        fact: &FactLine,
        before: &[FactLine],
        (form, act, field): Asked<'_>,
    ) -> Option<HistoryEntry> {
        let element = self.published.catalogue().get(&fact.element)?;
        let visible = self.viewer.sees(element, fact) && self.viewer.reads(act);
        let last = before.iter().rev().find(|line| same_giver(line, fact));
        let change = if last.is_some_and(|last| last.version == fact.version) {
            HistoryChange::Confirmed
        } else {
            HistoryChange::Given(visible.then(|| fact.value.clone()))
        };
        Some(self.entry(fact.at, form, act, field, change, self.giver(fact)))
    }

    /// Whose word it is, as the reader is told it.
    fn giver(&self, fact: &FactLine) -> Provenance {
        let entry = Entry {
            value: fact.value.clone(),
            source: fact.source,
            by: fact.by,
            since: fact.at,
            confirmed: fact.at,
            version: fact.version,
        };
        entry.provenance(self.child, self.viewer.guardian())
    }

    fn decision(&self, decision: &ConsentDecision) -> Option<HistoryEntry> {
        let version = FormRef { key: decision.purpose.form.clone(), version: decision.form_version };
        let form = self.published.form(&version)?;
        let act = form.act(&decision.purpose.act).filter(|act| self.viewer.reads(act))?;
        let field = act.field(&decision.purpose.field)?;
        let by = match decision.by {
            by if Some(by) == self.viewer.guardian() => Provenance::You,
            by if by == self.child => Provenance::Pupil,
            _ => Provenance::OtherGuardian,
        };
        Some(self.entry(decision.at, form, act, field, HistoryChange::Decided(decision.choice), by))
    }

    /// That staff took down what came in another way. The decisions in it have lines of their own.
    fn taken_down(&self, taken: &TakenDown) -> Option<HistoryEntry> {
        let form = self.published.form(&taken.answer.form)?;
        let act = form.act(&taken.answer.act).filter(|act| self.viewer.reads(act))?;
        // Where the evidence is, is for staff.
        let kept = self.viewer.guardian().is_none().then(|| taken.answer.kept.clone());
        Some(HistoryEntry {
            at: taken.at,
            form: form.reference(),
            act: act.key.clone(),
            field: FieldKey(String::new()),
            change: HistoryChange::TakenDown(taken.answer.way, taken.answer.day, kept),
            by: Provenance::Staff,
            label: act.title.get(self.locale).to_owned(),
        })
    }

    /// What staff did: one line per question, otherwise one.
    fn change(&self, line: &ChangeLine) -> Vec<HistoryEntry> {
        let Some(round) = self.published.round(line.done.round) else { return Vec::new() };
        let name = line.done.act.as_ref();
        let mut acts = self.published.acts_of(round).chain(self.published.offered_acts());
        let found =
            acts.find(|(form, act)| name.is_none_or(|name| form.key == name.form && act.key == name.act));
        let Some((form, act)) = found else { return Vec::new() };
        let title = if name.is_some() { &act.title } else { &round.title };
        let about = |field: &FieldKey, label: &str, change| HistoryEntry {
            at: line.at,
            form: form.reference(),
            act: act.key.clone(),
            field: field.clone(),
            change,
            by: Provenance::Staff,
            label: label.to_owned(),
        };
        let whole = |change| vec![about(&FieldKey(String::new()), title.get(self.locale), change)];
        match &line.done.change {
            // A question tells of the answer that it is about.
            TaskChange::Return(_) if !self.viewer.reads(act) => Vec::new(),
            TaskChange::Return(questions) => {
                let ask = |(field, question): (&FieldKey, &String)| {
                    let label = act.field(field).map_or("", |field| field.label.get(self.locale));
                    about(field, label, HistoryChange::Asked(question.clone()))
                };
                questions.iter().map(ask).collect()
            }
            TaskChange::CancelReturn => whole(HistoryChange::AskedNoMore),
            TaskChange::Exempt(reason) => {
                whole(HistoryChange::Exempted(self.viewer.guardian().is_none().then(|| reason.clone())))
            }
            TaskChange::EndExempt => whole(HistoryChange::ExemptedNoMore),
            // A guardian sees the day where she answers.
            TaskChange::LetInLate { .. } | TaskChange::EndLetInLate if self.viewer.guardian().is_some() => {
                Vec::new()
            }
            TaskChange::LetInLate { until } => whole(HistoryChange::LetIn(*until)),
            TaskChange::EndLetInLate => whole(HistoryChange::LetInNoMore),
        }
    }

    /// The decisions about an application, for those who follow it.
    fn resolved(&self, record: &ApplicationRecord) -> Vec<Line> {
        let form = self.published.form(&record.form);
        let found = form.and_then(|form| Some((form, form.act(&record.act)?)));
        let told = found.filter(|(form, act)| self.viewer.follows(record, form, act));
        let Some((_, act)) = told else { return Vec::new() };
        let line = |event: &EventRecord| {
            let ApplicationEvent::Decided(decided) = &event.what else { return None };
            let entry = HistoryEntry {
                at: event.at,
                form: record.form.clone(),
                act: record.act.clone(),
                field: FieldKey(String::new()),
                change: HistoryChange::Resolved(decided.decision.outcome),
                by: Provenance::Staff,
                label: act.title.get(self.locale).to_owned(),
            };
            let role = if decided.function == Function::Principal { Role::Principal } else { Role::Staff };
            Some(Line { entry, who: Some(event.by), role: Some(role), asked: None })
        };
        record.events.iter().filter_map(line).collect()
    }

    /// Where the element is asked, in the newest round that asks it, or else in a form that is there for those who need it.
    fn asked(&self, fact: &FactLine) -> Option<Asked<'_>> {
        let acts = self.published.rounds().iter().rev().flat_map(|round| self.published.acts_of(round));
        acts.chain(self.published.offered_acts())
            .filter_map(|(form, act)| {
                let field = act.fields.iter().find(|field| field.element.as_ref() == Some(&fact.element))?;
                Some((form, act, field))
            })
            .next()
    }

    /// Where whoever answered it has met it, in the version of that day.
    fn asked_then(&self, fact: &FactLine, file: &HistoryFile) -> Option<Asked<'_>> {
        file.answered.get(&fact.sent?)?.iter().find_map(|(form, act)| {
            let form = self.published.form(form)?;
            let act = form.act(act)?;
            let field = act.fields.iter().find(|field| field.element.as_ref() == Some(&fact.element))?;
            Some((form.as_ref(), act, field))
        })
    }

    fn told_then(&self, form: &FormDefinition, field: &Field) -> AskedThen {
        AskedThen {
            form: form.reference(),
            title: form.title.get(self.locale).to_owned(),
            label: field.label.get(self.locale).to_owned(),
            kind: field.kind.clone(),
        }
    }

    fn entry(
        &self,
        at: skolstart_shared::Timestamp,
        form: &FormDefinition,
        act: &Act,
        field: &Field,
        change: HistoryChange,
        by: Provenance,
    ) -> HistoryEntry {
        HistoryEntry {
            at,
            form: form.reference(),
            act: act.key.clone(),
            field: field.key.clone(),
            change,
            by,
            label: field.label.get(self.locale).to_owned(),
        }
    }
}

fn same_giver(a: &FactLine, b: &FactLine) -> bool {
    (&a.element, a.source, a.by) == (&b.element, b.source, b.by)
}
