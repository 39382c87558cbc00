use super::answers::Answers;
use super::condition::Setting;
use super::definition::{Act, ActKind};
use super::field::FieldKey;
use crate::Map;
use crate::date::Timestamp;
use crate::fact::{Catalogue, Entry, Freshness, Provenance, Snapshot, Value, freshness};
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// What is known beforehand about one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Known {
    /// The value.
    pub value: Value,
    /// When it was first given.
    pub since: Timestamp,
    /// From whom, seen by the reader.
    pub from: Provenance,
    /// Whether it can stand without being asked again.
    pub freshness: Freshness,
    /// The version it has; sent back as the base of an answer.
    pub version: u32,
    /// What other sources say, when that is to be asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Alternative>,
}

/// A value that contradicts the known one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alternative {
    /// The value.
    pub value: Value,
    /// Since when it is said.
    pub since: Timestamp,
    /// By whom, seen by the reader.
    pub from: Provenance,
}

/// What `viewer` is shown as known about the subject in the fields of an act. A consent is never filled in from a fact (GDPR
/// art. 4(11): a pre-ticked box is no consent).
pub fn prefill(
    act: &Act,
    (subject, snapshot): (PersonId, &Snapshot),
    catalogue: &Catalogue,
    viewer: PersonId,
    setting: &Setting,
) -> Map<FieldKey, Known> {
    if act.kind == ActKind::Consent {
        return Map::new();
    }
    act.fields
        .iter()
        .filter_map(|field| {
            let element = catalogue.get(field.element.as_ref()?)?;
            // An empty value says that an earlier one was taken away: nothing is known then.
            let entry = snapshot.known_to(element, viewer).filter(|entry| !entry.value.is_empty())?;
            let alternative = |entry: &Entry| Alternative {
                value: entry.value.clone(),
                since: entry.since,
                from: entry.provenance(subject, Some(viewer)),
            };
            let others = snapshot.alternatives(element, viewer, setting.today);
            let known = Known {
                value: entry.value.clone(),
                since: entry.since,
                from: entry.provenance(subject, Some(viewer)),
                freshness: if others.is_empty() {
                    freshness(element, Some(entry), setting.today)
                } else {
                    Freshness::Contradicted
                },
                version: entry.version,
                others: others.into_iter().map(alternative).collect(),
            };
            Some((field.key.clone(), known))
        })
        .collect()
}

/// How much of an act is known before it is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Progress {
    /// Questions whose answer is known.
    pub known: u16,
    /// Questions to be answered anew.
    pub new: u16,
}

/// Counts the visible questions of an act: those already known, and those to ask.
pub fn progress(act: &Act, known: &Map<FieldKey, Known>, setting: &Setting) -> Progress {
    let answers: Answers = known.iter().map(|(key, known)| (key.clone(), known.value.clone())).collect();
    let mut progress = Progress::default();
    for field in
        act.fields.iter().filter(|field| field.kind.is_asked() && field.is_visible(&answers, setting))
    {
        if known.contains_key(&field.key) {
            progress.known += 1;
        } else {
            progress.new += 1;
        }
    }
    progress
}

impl std::ops::Add for Progress {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { known: self.known + other.known, new: self.new + other.new }
    }
}
