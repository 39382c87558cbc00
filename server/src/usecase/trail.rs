//! The review of the audit trail: who has seen and changed how much. Called by its handler. Must not name anybody whom a line is
//! about, nor let a protected person be told from somebody who is not here.

use super::protection::is_hidden;
use crate::policy::{Grant, Principal, ReadTrail};
use crate::store::{Store, StoreError, TrailSum};
use skolstart_shared::api::{MOST_TRAIL_DAYS, TrailLine, TrailOut, TrailQuestion};
use skolstart_shared::id::PersonId;
use skolstart_shared::{PersonalNumber, Timestamp};

/// Why a question was not answered.
#[derive(Debug, thiserror::Error)]
pub enum TrailError {
    /// Too many days, the wrong way round, or no personal number.
    #[error("not a question")]
    Invalid,
    /// Not read or noted.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The sums that are told of.
const MOST: usize = 500;

/// Answers a question of the auditor's.
///
/// # Errors
/// See [`TrailError`].
pub async fn ask(
    store: &Store,
    grant: Grant<ReadTrail>,
    principal: &Principal,
    question: TrailQuestion,
) -> Result<TrailOut, TrailError> {
    let days = question.to.days_since(question.from) + 1;
    if !(1..=MOST_TRAIL_DAYS).contains(&days) {
        return Err(TrailError::Invalid);
    }
    let number = question.about.trim();
    let about = if number.is_empty() { None } else { Some(found(store, principal, number).await?) };
    // Noted before it is told, with whom it was about.
    let whom = about.flatten();
    store.note(vec![grant.audit("trail", whom.map(|person| person.0))]).await?;
    if about.is_some() && whom.is_none() {
        return Ok(TrailOut { lines: 0, people: 0, refused: 0, by: Vec::new(), more: false });
    }
    let clock = store.clock();
    let period = (clock.start_of(question.from), clock.start_of(question.to.add_days(1)));
    let mut file = store.trail(&grant, period, whom, MOST + 1).await?;
    let more = file.sums.len() > MOST;
    file.sums.truncate(MOST);
    let name = |sum: &TrailSum| {
        let actor = sum.actor.and_then(|actor| file.actors.get(&PersonId(actor)));
        // Protected staff are not told of by name.
        actor.filter(|actor| !actor.protected).map(|actor| actor.name.for_staff().full()).unwrap_or_default()
    };
    let line = |sum: &TrailSum| TrailLine {
        name: name(sum),
        role: sum.purpose.clone(),
        did: sum.action.clone(),
        refused: sum.outcome == "refused",
        times: count(sum.times),
        people: count(sum.people),
        first: Timestamp::from_millis(sum.first),
        last: Timestamp::from_millis(sum.last),
    };
    Ok(TrailOut {
        lines: count(file.lines),
        people: count(file.people),
        refused: count(file.refused),
        by: file.sums.iter().map(line).collect(),
        more,
    })
}

/// Whom the number belongs to. `None` for nobody here, for whoever has protected identity, and for the auditor's own family.
async fn found(store: &Store, principal: &Principal, number: &str) -> Result<Option<PersonId>, TrailError> {
    let number = PersonalNumber::parse(number, store.clock().today()).map_err(|_| TrailError::Invalid)?;
    let Some(person) = store.person_of_number(&number).await? else { return Ok(None) };
    let is_own = person == principal.person() || principal.is_her_own(person);
    let hidden = is_own || is_hidden(store, person).await? || store.is_protected_person(person).await?;
    Ok((!hidden).then_some(person))
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
