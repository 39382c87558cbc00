//! Who stands in for somebody in the groups of a unit. Called by its handlers. Owns who may decide it, and for how long. Must not let
//! anybody in who does not work at the unit: a substitute signs in as herself.

use super::ReadError;
use super::names::natural;
use crate::policy::{GiveGroups, Grant, Principal};
use crate::store::{StandingIn, Store, StoreError, SubstituteDone, SubstituteFile, SubstituteRecord};
use skolstart_shared::Timestamp;
use skolstart_shared::access::Function;
use skolstart_shared::api::{
    MOST_SUBSTITUTE_DAYS, NamedPerson, SubstituteGroup, SubstituteOut, SubstituteStep, SubstitutesOut,
};
use skolstart_shared::id::{ChangeId, PersonId, UnitId};

/// Why nobody was let in.
#[derive(Debug, thiserror::Error)]
pub enum SubstituteError {
    /// No such unit, group or person, or not for the one who asks.
    #[error("not found")]
    NotFound,
    /// Days that are over, in the wrong order, or too many.
    #[error("not complete")]
    Invalid,
    /// The id was used before for something else.
    #[error("another substitute under the same id")]
    Other,
    /// Not read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whoever administers the unit decides who stands in, and whoever leads it.
pub(crate) fn decides(principal: &Principal, unit: UnitId) -> bool {
    principal.tasks_with(&[unit], None).contains(&Function::Administrator)
}

/// Who stands in at the unit, who could, and who has.
///
/// # Errors
/// [`ReadError::NotFound`] for staff without the task.
pub async fn read(
    store: &Store,
    grant: Grant<GiveGroups>,
    principal: &Principal,
    unit: UnitId,
) -> Result<SubstitutesOut, ReadError> {
    if !decides(principal, unit) {
        return Err(ReadError::NotFound);
    }
    let today = store.clock().today();
    let file = store.substitutes(&grant, unit, today).await?;
    store.note(vec![grant.audit("substitutes", Some(unit.0))]).await?;
    let is_over = |one: &&SubstituteRecord| one.ended.is_some() || one.to < today;
    let (mut ended, mut holding): (Vec<_>, Vec<_>) = file.given.iter().partition(is_over);
    holding.sort_by_key(|one| (one.from, one.to));
    ended.sort_by_key(|one| {
        std::cmp::Reverse((one.ended.map_or(one.to, |(at, _)| store.clock().day_of(at)), one.given.1))
    });
    let out = |all: Vec<&SubstituteRecord>| all.into_iter().map(|one| substitute_out(&file, one)).collect();
    let mut candidates: Vec<NamedPerson> =
        file.candidates.iter().map(|who| NamedPerson { person: *who, name: name(&file, *who) }).collect();
    candidates.retain(|candidate| !candidate.name.is_empty());
    candidates.sort_by_key(|candidate| natural(&candidate.name));
    let mut groups: Vec<SubstituteGroup> = file
        .groups
        .iter()
        .map(|group| SubstituteGroup { group: group.id, name: group.name.clone() })
        .collect();
    groups.sort_by_key(|group| natural(&group.name));
    Ok(SubstitutesOut {
        unit_name: file.unit_name.clone(),
        holding: out(holding),
        ended: out(ended),
        groups,
        candidates,
    })
}

/// Empty for somebody with protected identity.
fn name(file: &SubstituteFile, person: PersonId) -> String {
    let known = file.people.get(&person).filter(|known| !known.protected);
    known.map(|known| known.name.for_staff().full()).unwrap_or_default()
}

fn substitute_out(file: &SubstituteFile, one: &SubstituteRecord) -> SubstituteOut {
    let group = file.groups.iter().find(|group| group.id == one.group);
    let by = |(at, who): (Timestamp, PersonId)| (at, name(file, who));
    SubstituteOut {
        id: one.id,
        name: name(file, one.person),
        group: group.map(|group| group.name.clone()).unwrap_or_default(),
        from: one.from,
        to: one.to,
        by: name(file, one.given.0),
        at: one.given.1,
        ended: one.ended.map(by),
    }
}

/// Lets somebody stand in, or ends it. The same id and step again is the same as once.
///
/// # Errors
/// See [`SubstituteError`].
pub async fn step(
    store: &Store,
    grant: Grant<GiveGroups>,
    principal: &Principal,
    (unit, id): (UnitId, ChangeId),
    step: &SubstituteStep,
) -> Result<(), SubstituteError> {
    if !decides(principal, unit) {
        return Err(SubstituteError::NotFound);
    }
    let done = match *step {
        SubstituteStep::End => store.end_standing_in(&grant, unit, id).await?,
        SubstituteStep::Give { person, group, from, to } => {
            let today = store.clock().today();
            let file = store.substitutes(&grant, unit, today).await?;
            // What was given before is the same once more, whatever has become of its days, the person or the group.
            if file.given.iter().all(|one| one.id != id) {
                if from < today || to < from || to >= from.add_days(MOST_SUBSTITUTE_DAYS) {
                    return Err(SubstituteError::Invalid);
                }
                let works_here = file.candidates.contains(&person) && !name(&file, person).is_empty();
                if !works_here || !file.groups.iter().any(|known| known.id == group) {
                    return Err(SubstituteError::NotFound);
                }
            }
            store.let_stand_in(&grant, id, StandingIn { person, unit, group, from, to }).await?
        }
    };
    match done {
        SubstituteDone::Done => Ok(()),
        SubstituteDone::Other => Err(SubstituteError::Other),
        SubstituteDone::Missing => Err(SubstituteError::NotFound),
    }
}
