//! Roles that the municipality gives by hand, for a time: programme office, auditor, support. Called by its handlers. Owns who can
//! be given which, and for how long. Must not let anybody give herself one.

use super::ReadError;
use super::names::natural;
use crate::policy::{GiveMandates, Grant};
use crate::store::{Giving, MandateDone, MandateFile, MandateRecord, Store, StoreError};
use skolstart_shared::Timestamp;
use skolstart_shared::api::{MOST_REASON, MandateOut, MandateStep, MandateUnit, MandatesOut, NamedPerson};
use skolstart_shared::id::{ChangeId, PersonId};

/// Why a role was not given or ended.
#[derive(Debug, thiserror::Error)]
pub enum MandateError {
    /// Nobody who works at the huvudman, no such unit, or no such role.
    #[error("not found")]
    NotFound,
    /// She would have given it to herself.
    #[error("not to oneself")]
    Own,
    /// No reason, too long a one, a time that is not offered, or a unit where there is none.
    #[error("not complete")]
    Invalid,
    /// The id was used before for something else.
    #[error("another role under the same id")]
    Other,
    /// Not read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

const HOUR: i64 = 3_600_000;

/// Who holds such a role, who could, and who has held one.
///
/// # Errors
/// When it could not be read, or the reading not noted.
pub async fn read(store: &Store, grant: Grant<GiveMandates>) -> Result<MandatesOut, ReadError> {
    let (today, now) = (store.clock().today(), store.clock().now());
    let file = store.mandates(&grant, today).await?;
    store.note(vec![grant.audit("mandates", None)]).await?;
    let is_over = |(record, _): &(MandateRecord, u64)| record.ended.is_some() || record.until <= now;
    let (mut ended, mut holding): (Vec<_>, Vec<_>) = file.given.iter().partition(|given| is_over(given));
    holding.sort_by_key(|(record, _)| record.until);
    ended.sort_by_key(|(record, _)| std::cmp::Reverse(ended_at(record)));
    let out = |given: Vec<&(MandateRecord, u64)>| {
        given.into_iter().map(|(record, used)| mandate_out(&file, record, *used)).collect()
    };
    let others = file.candidates.iter().filter(|person| **person != grant.actor());
    let mut candidates: Vec<NamedPerson> =
        others.map(|person| NamedPerson { person: *person, name: name(&file, *person) }).collect();
    candidates.retain(|candidate| !candidate.name.is_empty());
    candidates.sort_by_key(|candidate| natural(&candidate.name));
    let units = file.units.iter().map(|(unit, name)| MandateUnit { unit: *unit, name: name.clone() });
    let mut units: Vec<MandateUnit> = units.collect();
    units.sort_by_key(|unit| natural(&unit.name));
    Ok(MandatesOut { holding: out(holding), ended: out(ended), candidates, units })
}

fn ended_at(record: &MandateRecord) -> Timestamp {
    record.ended.map_or(record.until, |(at, _)| at)
}

/// Empty for somebody with protected identity.
fn name(file: &MandateFile, person: PersonId) -> String {
    let known = file.people.get(&person).filter(|known| !known.protected);
    known.map(|known| known.name.for_staff().full()).unwrap_or_default()
}

fn mandate_out(file: &MandateFile, record: &MandateRecord, used: u64) -> MandateOut {
    let unit = record.unit.and_then(|unit| file.units.iter().find(|(known, _)| *known == unit));
    MandateOut {
        id: record.id,
        name: name(file, record.person),
        kind: record.kind,
        unit: unit.map(|(_, name)| name.clone()).unwrap_or_default(),
        reason: record.reason.clone(),
        by: name(file, record.given.0),
        since: record.given.1,
        until: record.until,
        ended: record.ended.map(|(at, by)| (at, name(file, by))),
        used,
    }
}

/// Gives a role, or ends one. The same id and step again is the same as once.
///
/// # Errors
/// See [`MandateError`].
pub async fn step(
    store: &Store,
    grant: Grant<GiveMandates>,
    id: ChangeId,
    step: MandateStep,
) -> Result<(), MandateError> {
    let done = match step {
        MandateStep::End => store.end_mandate(&grant, id).await?,
        MandateStep::Give { person, kind, unit, hours, reason } => {
            let reason = reason.trim().to_owned();
            let says_why = !reason.is_empty() && reason.chars().count() <= MOST_REASON;
            if !says_why || !kind.hours().contains(&hours) || (unit.is_some() && !kind.is_at_a_unit()) {
                return Err(MandateError::Invalid);
            }
            if person == grant.actor() {
                return Err(MandateError::Own);
            }
            let file = store.mandates(&grant, store.clock().today()).await?;
            let works_here = file.candidates.contains(&person) && !name(&file, person).is_empty();
            let is_unit = unit.is_none_or(|unit| file.units.iter().any(|(known, _)| *known == unit));
            if !works_here || !is_unit {
                return Err(MandateError::NotFound);
            }
            let giving = Giving { person, kind, unit, lasts: i64::from(hours) * HOUR, reason };
            store.give_mandate(&grant, id, giving).await?
        }
    };
    match done {
        MandateDone::Done => Ok(()),
        MandateDone::Other => Err(MandateError::Other),
        MandateDone::Missing => Err(MandateError::NotFound),
    }
}
