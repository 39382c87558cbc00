//! The list at the door: who may collect each child of a group, and who may go home alone. Called by its handler.
//!
//! Knows three elements by name, because a preschool that does not know to whom it hands over a child cannot be run. What families
//! have answered goes to those who are among the readers of each.

use super::ReadError;
use super::child_page::{columns_of, person};
use super::names::natural;
use crate::policy::{Grant, Principal, ReadCollecting};
use crate::store::{AuditEntry, ChildRecord, CollectingFile, Published, Store};
use skolstart_shared::access::Function;
use skolstart_shared::api::{Alone, CollectingOut, CollectingRow, Collector};
use skolstart_shared::fact::{ElementKey, Entry, Source, Value};
use skolstart_shared::form::Field;

const HAS_COLLECTORS: &str = "child.has-collectors";
const COLLECTORS: &str = "child.collectors";
const WALKS_HOME: &str = "child.walks-home";

struct Desk<'a> {
    published: &'a Published,
    file: &'a CollectingFile,
    columns: Vec<&'a Field>,
    tasks: Vec<Function>,
    leads: bool,
}

/// The group of the grant.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn read(
    store: &Store,
    grant: Grant<ReadCollecting>,
    principal: &Principal,
) -> Result<CollectingOut, ReadError> {
    let today = store.clock().today();
    let file = store.collecting(&grant, today).await?.ok_or(ReadError::NotFound)?;
    // After the reading: what is shown was true no later than this.
    let at = store.clock().now();
    let (group, listed) = seen(&grant, &file);
    store.note_list(vec![group], listed).await?;
    let published = store.published();
    let desk = Desk {
        published: &published,
        file: &file,
        columns: columns_of(&published, None, COLLECTORS),
        tasks: principal.tasks_with(&[file.unit], grant.group()),
        leads: grant.purpose() == "principal",
    };
    let mut rows: Vec<CollectingRow> = file.children.iter().map(|child| desk.row(child)).collect();
    rows.sort_by_key(|row| (natural(&row.family_name), natural(&row.given_name), row.child));
    Ok(CollectingOut { at, rows, name: file.name.clone(), unit_name: file.unit_name.clone() })
}

impl Desk<'_> {
    fn row(&self, child: &ChildRecord) -> CollectingRow {
        let name = child.name.for_staff();
        let named = child.guardians.iter().filter_map(|guardian| self.file.people.get(guardian));
        let mut guardians: Vec<String> = named.map(|person| person.name.for_staff().full()).collect();
        guardians.sort_by_key(|name| natural(name));
        let has = self.entries(child, HAS_COLLECTORS);
        CollectingRow {
            child: child.id,
            given_name: name.given,
            family_name: name.family,
            guardians,
            collectors: self.collectors(child),
            answered: !has.is_empty() || !self.entries(child, COLLECTORS).is_empty(),
            alone: alone(child, &self.entries(child, WALKS_HOME)),
        }
    }

    /// What is said today about a child, as far as the reader is among the readers of it. What was taken away is said no more.
    fn entries(&self, child: &ChildRecord, element: &str) -> Vec<&Entry> {
        let element = self.published.catalogue().get(&ElementKey(element.to_owned()));
        let element = element.filter(|element| element.audience.holds(&self.tasks, self.leads));
        let known = self.file.snapshots.get(&child.id);
        let all = element.zip(known).map(|(element, known)| known.for_staff(element)).unwrap_or_default();
        all.into_iter().filter(|entry| !entry.value.is_empty()).collect()
    }

    fn collectors(&self, child: &ChildRecord) -> Vec<Collector> {
        // Who has said no since has nobody else, whatever rows were given before.
        let has = self.entries(child, HAS_COLLECTORS);
        let has_none =
            |entry: &Entry| has.iter().any(|said| said.by == entry.by && said.value == Value::Flag(false));
        let mut all: Vec<Collector> = Vec::new();
        for entry in self.entries(child, COLLECTORS) {
            let Value::Rows(rows) = &entry.value else { continue };
            for row in rows.iter().filter(|_| !has_none(entry)) {
                let found = person(row, &self.columns);
                let collector = Collector { name: found.name, described: found.described };
                // Two homes often name the same grandmother.
                if !all.contains(&collector) {
                    all.push(collector);
                }
            }
        }
        all
    }
}

/// A child goes home alone when everybody who decides for it says so: where homes say different things the careful answer stands.
fn alone(child: &ChildRecord, said: &[&Entry]) -> Alone {
    let says = |entry: &Entry, yes: bool| entry.value == Value::Flag(yes);
    if said.is_empty() {
        return Alone::Unknown;
    }
    if said.iter().any(|entry| says(entry, false)) {
        return Alone::No;
    }
    let of_school = said.iter().any(|entry| entry.source == Source::Staff);
    let by = |guardian| said.iter().any(|entry| entry.by == Some(guardian));
    if of_school || child.guardians.iter().all(|guardian| by(*guardian)) { Alone::Yes } else { Alone::NotAll }
}

// One entry for the group, and one for each child on the list.
fn seen(
    grant: &Grant<ReadCollecting>,
    file: &CollectingFile,
) -> (AuditEntry, impl Iterator<Item = AuditEntry>) {
    let group = grant.audit("collecting", grant.group().map(|group| group.0));
    let listed = file.children.iter().map(|child| grant.audit("listed-child", Some(child.id.0)));
    (group, listed)
}
