//! What a guardian is told of where a child lives. Called by everything that a guardian reads of a child, before anything is made of
//! it. The register's word is hers only where she is registered herself; the other home is the other guardian's to tell of. Her own
//! address is offered to her as an answer and not taken for one: that the child lives with her is for her to say.

use crate::policy::Principal;
use crate::store::{FactLine, HistoryFile, Store, StoreError};
use skolstart_shared::Map;
use skolstart_shared::fact::{CHILD_ADDRESS, GUARDIAN_ADDRESS, Snapshot, Source, Value};
use skolstart_shared::form::{Act, FieldKey, FieldKind, Known, RowShape};
use skolstart_shared::id::PersonId;
use std::collections::HashMap;

/// Where the register says that she lives.
pub(super) fn home_of(known: &HashMap<PersonId, Snapshot>, who: PersonId) -> Option<&Value> {
    known.get(&who)?.registered_at(GUARDIAN_ADDRESS)
}

/// Leaves of what is known about the children what she may know of their homes. A pupil knows where she lives.
pub(super) fn only_own_home(principal: &Principal, known: &mut HashMap<PersonId, Snapshot>) {
    let me = principal.person();
    let hers = home_of(known, me).cloned();
    for child in principal.children().iter().filter(|child| **child != me) {
        if let Some(snapshot) = known.get_mut(child) {
            snapshot.tell_home_to(hers.as_ref());
        }
    }
}

/// The same for what is known about one child, where that is not all of it.
pub(super) fn seen(
    principal: &Principal,
    subject: PersonId,
    snapshot: &Snapshot,
    hers: Option<&Value>,
) -> Option<Snapshot> {
    if subject == principal.person() || snapshot.is_told_to(hers) {
        return None;
    }
    let mut seen = snapshot.clone();
    seen.tell_home_to(hers);
    Some(seen)
}

/// Her own address for questions about where the child lives of which nothing is known.
pub(super) fn offered(act: &Act, known: &Map<FieldKey, Known>, hers: Option<&Value>) -> Map<FieldKey, Value> {
    let Some(hers) = hers else { return Map::new() };
    let asks = act.fields.iter().filter(|field| {
        let is_home = field.element.as_ref().is_some_and(|element| element.as_str() == CHILD_ADDRESS);
        let is_address = matches!(field.kind, FieldKind::Rows { shape: RowShape::Address, .. });
        is_home && is_address && !known.contains_key(&field.key)
    });
    asks.map(|field| (field.key.clone(), hers.clone())).collect()
}

/// Leaves of a history what she may know of the child's homes.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn own_history(
    store: &Store,
    principal: &Principal,
    child: PersonId,
    file: &mut HistoryFile,
) -> Result<(), StoreError> {
    let tells = |fact: &FactLine| fact.source == Source::Register && fact.element.as_str() == CHILD_ADDRESS;
    let me = principal.person();
    if child == me || !file.facts.iter().any(tells) {
        return Ok(());
    }
    let known = store.snapshots_of_own(principal).await?;
    let hers = home_of(&known, me);
    file.facts.retain(|fact| !tells(fact) || hers == Some(&fact.value));
    Ok(())
}
