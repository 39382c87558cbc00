use super::element::{Element, ElementKey, Merge, Sharing};
use super::value::Value;
use crate::Map;
use crate::date::Timestamp;
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// Where a value comes from, in rising order of how much it is worth about oneself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The municipality's school register (SS 12000 import), which often has it from the population register.
    Register,
    /// A guardian.
    Guardian,
    /// Staff, on evidence.
    Staff,
}

/// A current value of an element: what, from whom, since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The value.
    pub value: Value,
    /// Where it comes from.
    pub source: Source,
    /// Who gave it; nobody for a register.
    pub by: Option<PersonId>,
    /// When this value was first given.
    pub since: Timestamp,
    /// When it was last said to be right.
    pub confirmed: Timestamp,
    /// Counts up with each change of this element for this subject. What a form was filled in upon.
    pub version: u32,
}

/// How a value is described to the person who looks at it, without naming anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// From the reader.
    You,
    /// From another guardian of the child.
    OtherGuardian,
    /// From the pupil whom it is about.
    Pupil,
    /// From the municipality's register.
    Register,
    /// From staff.
    Staff,
}

/// Everything current about one person. Kept as one sealed row: reading thirty fact rows costs more than writing them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Counts up with each change; a writer that read an older one must read again.
    pub version: u32,
    /// Element → values, one per source and giver.
    pub entries: Map<ElementKey, Vec<Entry>>,
}

impl Snapshot {
    /// Takes in a value given at `at`. The same value from the same giver is a confirmation and keeps its `since`.
    /// Returns the new entry.
    pub fn record(
        &mut self,
        element: &ElementKey,
        value: Value,
        source: Source,
        by: Option<PersonId>,
        at: Timestamp,
    ) -> Entry {
        let entries = self.entries.get_or_insert_with(element.clone(), Vec::new);
        let next = entries.iter().map(|entry| entry.version).max().unwrap_or(0) + 1;
        let mine = entries.iter().position(|entry| entry.source == source && entry.by == by);
        let same = mine.and_then(|at| entries.get(at)).filter(|entry| entry.value == value);
        // A value somebody else already gave and this person confirms has been known since then.
        let known = same.or_else(|| entries.iter().find(|entry| entry.value == value));
        let since = known.map_or(at, |entry| entry.since);
        let version = same.map_or(next, |entry| entry.version);
        let entry = Entry { value, source, by, since, confirmed: at, version };
        match mine {
            Some(place) => entries[place] = entry.clone(),
            None => entries.push(entry.clone()),
        }
        self.version += 1;
        entry
    }

    /// The value that a form shows to `viewer`: her own for what is given side by side, otherwise the newest she may see.
    pub fn known_to(&self, element: &Element, viewer: PersonId) -> Option<&Entry> {
        let visible = self.visible_to(element, viewer);
        let own: Vec<&Entry> = visible.iter().copied().filter(|entry| entry.by == Some(viewer)).collect();
        newest(if element.merge == Merge::Union && !own.is_empty() { own } else { visible })
    }

    /// All values of an element that staff must know of: every giver's for a union, otherwise the newest.
    pub fn for_staff(&self, element: &Element) -> Vec<&Entry> {
        let all: Vec<&Entry> = self.entries.get(&element.key).into_iter().flatten().collect();
        match element.merge {
            Merge::Union => all,
            Merge::Latest => newest(all).into_iter().collect(),
        }
    }

    pub(super) fn visible_to<'a>(&'a self, element: &Element, viewer: PersonId) -> Vec<&'a Entry> {
        let all = self.entries.get(&element.key).into_iter().flatten();
        match element.sharing {
            Sharing::Guardians => all.collect(),
            Sharing::GiverOnly => {
                all.filter(|entry| entry.by.is_none() || entry.by == Some(viewer)).collect()
            }
        }
    }
}

fn newest(entries: Vec<&Entry>) -> Option<&Entry> {
    entries.into_iter().max_by_key(|entry| (entry.confirmed, entry.source))
}

impl Entry {
    /// How this value, which is about `subject`, is described to `viewer`.
    pub fn provenance(&self, subject: PersonId, viewer: Option<PersonId>) -> Provenance {
        match (self.source, self.by) {
            (Source::Register, _) => Provenance::Register,
            (Source::Staff, _) => Provenance::Staff,
            (Source::Guardian, by) if by.is_some() && by == viewer => Provenance::You,
            (Source::Guardian, by) if by == Some(subject) => Provenance::Pupil,
            (Source::Guardian, _) => Provenance::OtherGuardian,
        }
    }
}
