//! Who was touched in a period, as lines of JSON: what the report of an incident and the letters to people are made from.
//! Called by `skolstart incident`.

use crate::store::{Store, StoreError};
use serde_json::json;
use skolstart_shared::Timestamp;
use skolstart_shared::id::PersonId;
use std::collections::HashSet;

/// The lines, and how many people there are.
pub struct Report {
    /// One for each person, actor and thing done.
    pub lines: Vec<String>,
    /// How many different people were touched.
    pub people: usize,
}

/// What was read or changed about persons from `from` until `until`, by one person or by anybody.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn incident(
    store: &Store,
    from: Timestamp,
    until: Timestamp,
    by: Option<PersonId>,
) -> Result<Report, StoreError> {
    let (touched, known) = store.touched((from, until), by).await?;
    let name = |who: &PersonId| known.get(who).map(|person| person.name.for_staff().full());
    let lines = touched.iter().map(|line| {
        json!({
            "person": line.person,
            "name": name(&line.person),
            "protected": known.get(&line.person).is_some_and(|person| person.protected),
            "by": line.actor,
            "by-name": line.actor.as_ref().and_then(name),
            "for": line.acting_for,
            "for-name": line.acting_for.as_ref().and_then(name),
            "role": line.purpose,
            "action": line.action,
            "outcome": if line.refused { "refused" } else { "done" },
            "times": line.times,
            "first": line.first.to_string(),
            "last": line.last.to_string(),
        })
        .to_string()
    });
    let lines = lines.collect();
    let people = touched.iter().map(|line| line.person).collect::<HashSet<_>>().len();
    Ok(Report { lines, people })
}
