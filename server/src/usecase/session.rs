//! Who is signed in. Called by the handler of the session.

use super::ReadError;
use crate::policy::{Grant, OwnSession, Principal};
use crate::store::Store;
use skolstart_shared::access::Role;
use skolstart_shared::api::{SessionOut, StaffAt};
use skolstart_shared::id::UnitId;
use std::collections::BTreeMap;

/// Says who the principal is and in what capacities.
///
/// # Errors
/// When it could not be read.
pub async fn read(
    store: &Store,
    grant: Grant<OwnSession>,
    principal: &Principal,
) -> Result<SessionOut, ReadError> {
    let (name, units) = store.own_names(principal).await?;
    // Two duties at one unit are one place of work; leading it says more than working there.
    let mut roles: BTreeMap<UnitId, Role> = BTreeMap::new();
    for (unit, role) in principal.duties() {
        let known = roles.entry(unit).or_insert(role);
        if role == Role::Principal || *known == Role::Support {
            *known = role;
        }
    }
    let of_whole =
        principal.offices().into_iter().flat_map(|(at, roles)| roles.iter().map(move |role| (at, *role)));
    let staff_at = roles.into_iter().chain(of_whole).map(|(unit, role)| {
        let name = units.get(&unit).cloned().unwrap_or_default();
        StaffAt { unit, name, role }
    });
    Ok(SessionOut {
        person: grant.actor(),
        name,
        is_guardian: principal.is_guardian(),
        staff_at: staff_at.collect(),
        is_municipal: principal.is_municipal(),
    })
}
