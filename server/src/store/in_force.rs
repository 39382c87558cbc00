//! What staff have said of a child that is in force until it is ended: that nobody has to answer something, and until when its family may
//! answer after the last day of a round.
//!
//! Folded from the changes, of which the newest stands. Called by what reads children and by what derives tasks. Must not write.

use super::changes::{act_of, open};
use super::entity::task_change;
use super::read::ChildRecord;
use super::rows::MOST_IDS;
use super::{Sealer, StoreError};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::Date;
use skolstart_shared::api::{ActName, TaskChange};
use skolstart_shared::form::{ActKey, FormKey};
use skolstart_shared::id::{PersonId, RoundId};
use skolstart_shared::round::Round;
use std::collections::HashMap;
use uuid::Uuid;

/// A child that does not have to be answered for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    pub(super) round: RoundId,
    pub(super) act: Option<ActName>,
}

impl Exemption {
    /// True when it is about this act of this round.
    pub fn covers(&self, round: RoundId, form: &FormKey, act: &ActKey) -> bool {
        let about = |name: &ActName| name.form == *form && name.act == *act;
        self.round == round && self.act.as_ref().is_none_or(about)
    }
}

/// A family that may answer after the last day of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetIn {
    /// The round.
    pub round: RoundId,
    /// The last day, that day included. It may be over.
    pub until: Date,
}

/// All that is in force for a child.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct InForce {
    pub(super) exempt: Vec<Exemption>,
    pub(super) let_in: Vec<LetIn>,
}

impl ChildRecord {
    /// The last day that the round asks for answers about the child: its own, or a later one until which the family is let in.
    pub fn last_day(&self, round: &Round) -> Date {
        last_day(&self.let_in, round)
    }

    /// True when the round asks the child, has closed, and its family may answer all the same on `today`.
    pub fn is_let_in(&self, round: &Round, today: Date) -> bool {
        let is_asked = self.place.as_ref().is_some_and(|place| round.includes(&place.stands()));
        is_asked && round.closes < today && today <= self.last_day(round)
    }
}

/// The last day of a round for whoever is let in so.
pub(super) fn last_day(let_in: &[LetIn], round: &Round) -> Date {
    let until = let_in.iter().filter(|one| one.round == round.id).map(|one| one.until);
    until.fold(round.closes, Date::max)
}

const EXEMPTIONS: [&str; 2] = ["exempt", "end-exempt"];
const ALL: [&str; 4] = ["exempt", "end-exempt", "let-in-late", "end-let-in-late"];

/// The exemptions that are in force for these children.
pub(super) async fn exemptions<C: ConnectionTrait>(
    db: &C,
    children: &[Uuid],
) -> Result<HashMap<PersonId, Vec<Exemption>>, StoreError> {
    let mut found: HashMap<PersonId, Vec<Exemption>> = HashMap::new();
    for row in rows(db, children, &EXEMPTIONS).await? {
        follow(found.entry(PersonId(row.child_id)).or_default(), &row);
    }
    Ok(found)
}

/// All that is in force for these children.
pub(super) async fn all<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    children: &[Uuid],
) -> Result<HashMap<PersonId, InForce>, StoreError> {
    let mut found: HashMap<PersonId, InForce> = HashMap::new();
    for row in rows(db, children, &ALL).await? {
        let in_force = found.entry(PersonId(row.child_id)).or_default();
        if EXEMPTIONS.contains(&row.kind.as_str()) {
            follow(&mut in_force.exempt, &row);
            continue;
        }
        let line = open(sealer, row)?;
        in_force.let_in.retain(|one| one.round != line.done.round);
        if let TaskChange::LetInLate { until } = line.done.change {
            in_force.let_in.push(LetIn { round: line.done.round, until });
        }
    }
    Ok(found)
}

/// Takes in one more change.
fn follow(exempt: &mut Vec<Exemption>, row: &task_change::Model) {
    let exemption = Exemption { round: RoundId(row.round_id), act: act_of(row) };
    exempt.retain(|known| *known != exemption);
    if row.kind == "exempt" {
        exempt.push(exemption);
    }
}

/// The changes of these kinds, oldest first.
async fn rows<C: ConnectionTrait>(
    db: &C,
    children: &[Uuid],
    kinds: &[&'static str],
) -> Result<Vec<task_change::Model>, StoreError> {
    use task_change::Column::{At, ChildId, Id, Kind};
    let mut found = Vec::new();
    for part in children.chunks(MOST_IDS) {
        let query = task_change::Entity::find()
            .filter(ChildId.is_in(part.iter().copied()))
            .filter(Kind.is_in(kinds.iter().copied()))
            .order_by_asc(At)
            .order_by_asc(Id);
        found.extend(query.all(db).await?);
    }
    Ok(found)
}
