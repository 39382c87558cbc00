//! Which tasks somebody has with a child. Called by the use cases that hand work to staff, and where a file is asked for.

use super::principal::Principal;
use crate::store::{ChildRecord, Store, StoreError};
use skolstart_shared::access::Function;
use skolstart_shared::id::PersonId;

/// The tasks that somebody has with the child. `hidden`: the child, or somebody who decides for it, has protected identity.
/// Nobody at the municipality sees such a child: the principal of the unit is the officer then. Those who are named to handle it
/// have the tasks that they have with every child.
pub(crate) fn tasks_with(principal: &Principal, child: &ChildRecord, hidden: bool) -> Vec<Function> {
    let unit = child.place.map(|place| place.unit);
    let group = child.place.and_then(|place| place.group);
    let mut tasks = principal.tasks_with(unit.as_slice(), group);
    if hidden {
        let sees = unit.is_some_and(|unit| principal.sees_protected_at(unit));
        if !sees && !principal.handles(child.id) {
            return Vec::new();
        }
        if sees {
            tasks.push(Function::Officer);
        }
    }
    tasks
}

/// The same for a child by id, as it stands today. Empty for a child that has left the register.
pub(crate) async fn tasks_about(
    store: &Store,
    principal: &Principal,
    child: PersonId,
) -> Result<Vec<Function>, StoreError> {
    let today = store.clock().today();
    let Some(record) = store.child_in_register(child, today).await? else { return Ok(Vec::new()) };
    let hidden = store.whereabouts(child, today).await?.is_none_or(|place| place.hidden);
    Ok(tasks_with(principal, &record, hidden))
}
