//! What had been said about a child at a moment, from the history of what was said.

use crate::store::Said;
use skolstart_shared::Timestamp;
use skolstart_shared::diet::Sayings;
use skolstart_shared::fact::{ElementKey, Snapshot, Value};
use skolstart_shared::form::{Act, FieldKey};
use skolstart_shared::id::PersonId;
use std::collections::HashMap;

/// The field of the act that an element is asked in.
fn field_of<'a>(act: &'a Act, element: &ElementKey) -> Option<&'a FieldKey> {
    act.fields.iter().find(|field| field.element.as_ref() == Some(element)).map(|field| &field.key)
}

/// What stands today.
pub(super) fn of_snapshot(act: &Act, snapshot: &Snapshot) -> Sayings {
    let mut sayings = Sayings::new();
    for (element, entries) in &snapshot.entries {
        let Some(field) = field_of(act, element) else { continue };
        for entry in entries {
            sayings.entry(entry.by).or_default().set(field, Some(entry.value.clone()));
        }
    }
    sayings
}

/// What had been said before a moment.
pub(super) fn before(act: &Act, said: &[Said], moment: Timestamp) -> Sayings {
    let mut sayings = Sayings::new();
    for each in said.iter().filter(|each| each.at < moment) {
        if let Some(field) = field_of(act, &each.element) {
            sayings.entry(each.by).or_default().set(field, Some(each.value.clone()));
        }
    }
    sayings
}

/// When something was last said that was another than before. Saying the same again is no change.
pub(super) fn last_changed(said: &[Said]) -> Option<Timestamp> {
    let mut known: HashMap<(&ElementKey, Option<PersonId>), &Value> = HashMap::new();
    let mut last = None;
    for each in said {
        if known.insert((&each.element, each.by), &each.value) != Some(&each.value) {
            last = Some(each.at);
        }
    }
    last
}
