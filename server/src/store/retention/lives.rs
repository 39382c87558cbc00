//! When people left. A child has left when every place has ended; an adult, when everything that ties her to a child has.

use super::super::entity::{duty, enrolment, guardian_relation, person};
use super::super::rows::distinct;
use super::super::{StoreError, words};
use crate::clock::Clock;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use skolstart_shared::{Date, Timestamp};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// When each of some people left. Whoever goes or works here has not.
pub(super) struct Lives {
    family: HashMap<Uuid, Date>,
    working: HashSet<Uuid>,
}

/// The ends of what ties somebody to this place: the last one, unless one of them goes on.
#[derive(Clone, Copy, Default)]
struct Ends {
    any: bool,
    goes_on: bool,
    last: Option<Date>,
}

impl Ends {
    fn add(&mut self, end: Option<Date>, today: Date) {
        self.any = true;
        match end.filter(|end| *end < today) {
            None => self.goes_on = true,
            Some(end) => self.last = self.last.max(Some(end)),
        }
    }

    fn left(self) -> Option<Date> {
        self.last.filter(|_| !self.goes_on)
    }
}

impl Lives {
    pub(super) async fn of<C: ConnectionTrait>(
        db: &C,
        clock: &Clock,
        people: &[Uuid],
        today: Date,
    ) -> Result<Self, StoreError> {
        use guardian_relation::Column::{AdultId, ChildId};
        let mine = || people.iter().copied();
        let either = Condition::any().add(AdultId.is_in(mine())).add(ChildId.is_in(mine()));
        let relations = guardian_relation::Entity::find().filter(either).all(db).await?;
        let children = distinct(relations.iter().map(|row| row.child_id).chain(mine()));
        let mut places: HashMap<Uuid, Ends> = HashMap::new();
        for part in children.chunks(super::super::rows::MOST_IDS) {
            let query =
                enrolment::Entity::find().filter(enrolment::Column::ChildId.is_in(part.iter().copied()));
            for row in query.all(db).await? {
                places.entry(row.child_id).or_default().add(words::day(row.to_day.as_deref()), today);
            }
        }
        let mut ties: HashMap<Uuid, Ends> = HashMap::new();
        for row in &relations {
            let child = places.get(&row.child_id).copied().unwrap_or_default();
            let ended = words::day(row.to_day.as_deref());
            let left = if child.any { child.left() } else { None };
            // Of the two that end a tie, the first counts.
            let end = [ended, left].into_iter().flatten().min();
            ties.entry(row.adult_id).or_default().add(end, today);
        }
        let known = person::Entity::find().filter(person::Column::Id.is_in(mine())).all(db).await?;
        let mut family = HashMap::new();
        for row in known {
            let seen = clock.day_of(Timestamp::from_millis(row.updated_at));
            let end = match (places.get(&row.id), ties.get(&row.id)) {
                (Some(ends), None) | (None, Some(ends)) => ends.left(),
                (Some(one), Some(other)) => one.left().zip(other.left()).map(|(one, other)| one.max(other)),
                // Nothing ties her to anybody: since the register last told of her.
                (None, None) => Some(seen),
            };
            family.extend(end.map(|end| (row.id, end)));
        }
        let duties = duty::Entity::find().filter(duty::Column::PersonId.is_in(mine())).all(db).await?;
        Ok(Self { family, working: duties.into_iter().map(|row| row.person_id).collect() })
    }

    /// When she left, as far as children go.
    pub(super) fn left(&self, who: Uuid) -> Option<Date> {
        self.family.get(&who).copied()
    }

    /// True when she works here, or has.
    pub(super) fn has_worked(&self, who: Uuid) -> bool {
        self.working.contains(&who)
    }
}
