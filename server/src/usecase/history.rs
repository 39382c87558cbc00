//! What has been answered for a child, by whom and when. Called by its handler. Must not know any form, nor name anybody:
//! who the other guardian is can be secret.

use super::ReadError;
use crate::policy::{Grant, ReadOwnSubmissions};
use crate::store::{FactLine, Published, Store};
use skolstart_shared::Locale;
use skolstart_shared::api::{HistoryChange, HistoryEntry};
use skolstart_shared::consent::ConsentDecision;
use skolstart_shared::fact::{Entry, Provenance, Sharing};
use skolstart_shared::form::{Act, Field, FormDefinition, FormRef};
use skolstart_shared::id::PersonId;

/// The history of the child of the grant, newest first.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadOwnSubmissions>,
    locale: Locale,
) -> Result<Vec<HistoryEntry>, ReadError> {
    let (facts, decisions) = store.history(&grant).await?;
    store.note(vec![grant.audit("child", grant.child().map(|child| child.0))]).await?;
    let published = store.published();
    let book = Book { published: &published, viewer: grant.actor(), locale };
    let given = facts.iter().enumerate().filter_map(|(at, fact)| book.fact(fact, &facts[..at]));
    let mut entries: Vec<HistoryEntry> = given.collect();
    entries.extend(decisions.iter().filter_map(|decision| book.decision(decision)));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    Ok(entries)
}

struct Book<'a> {
    published: &'a Published,
    viewer: PersonId,
    locale: Locale,
}

impl Book<'_> {
    fn fact(&self, fact: &FactLine, before: &[FactLine]) -> Option<HistoryEntry> {
        let (form, act, field) = self.asked(fact)?;
        let element = self.published.catalogue().get(&fact.element)?;
        let visible = element.sharing == Sharing::Guardians || fact.by.is_none_or(|by| by == self.viewer);
        let last = before.iter().rev().find(|line| same_giver(line, fact));
        let change = if last.is_some_and(|last| last.version == fact.version) {
            HistoryChange::Confirmed
        } else {
            HistoryChange::Given(visible.then(|| fact.value.clone()))
        };
        Some(self.entry(fact.at, form, act, field, change, provenance(fact, self.viewer)))
    }

    fn decision(&self, decision: &ConsentDecision) -> Option<HistoryEntry> {
        let version = FormRef { key: decision.purpose.form.clone(), version: decision.form_version };
        let form = self.published.form(&version)?;
        let act = form.act(&decision.purpose.act)?;
        let field = act.field(&decision.purpose.field)?;
        let by = if decision.by == self.viewer { Provenance::You } else { Provenance::OtherGuardian };
        Some(self.entry(decision.at, form, act, field, HistoryChange::Decided(decision.choice), by))
    }

    /// Where the element is asked, in the newest round that asks it.
    fn asked(&self, fact: &FactLine) -> Option<(&FormDefinition, &Act, &Field)> {
        let acts = self.published.rounds().iter().rev().flat_map(|round| self.published.acts_of(round));
        acts.filter_map(|(form, act)| {
            let field = act.fields.iter().find(|field| field.element.as_ref() == Some(&fact.element))?;
            Some((form, act, field))
        })
        .next()
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

fn provenance(fact: &FactLine, viewer: PersonId) -> Provenance {
    let entry = Entry {
        value: fact.value.clone(),
        source: fact.source,
        by: fact.by,
        since: fact.at,
        confirmed: fact.at,
        version: fact.version,
    };
    entry.provenance(Some(viewer))
}
