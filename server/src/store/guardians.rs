//! Who decides for which children on a day. Called by the store's own modules.

use super::entity::{guardian_relation, person};
use super::read::family;
use super::rows::MOST_IDS;
use super::{ChildRecord, StoreError, words};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use skolstart_shared::Date;
use skolstart_shared::form::Family;
use skolstart_shared::id::PersonId;
use skolstart_shared::people::SecurityMarking;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The guardians of some children, and when the children were born.
pub(super) struct Guardians {
    today: Date,
    deciding: HashMap<PersonId, Vec<PersonId>>,
    born: HashMap<PersonId, Option<Date>>,
}

impl Guardians {
    /// Reads them; two statements however many the children.
    pub(super) async fn of<C: ConnectionTrait>(
        db: &C,
        children: &[Uuid],
        today: Date,
    ) -> Result<Self, StoreError> {
        let mut found = Self { today, deciding: HashMap::new(), born: HashMap::new() };
        for part in children.chunks(MOST_IDS) {
            let relations = guardian_relation::Entity::find()
                .filter(guardian_relation::Column::ChildId.is_in(part.iter().copied()))
                .all(db)
                .await?;
            let born: Vec<(Uuid, Option<String>)> = person::Entity::find()
                .select_only()
                .columns([person::Column::Id, person::Column::BirthDate])
                .filter(person::Column::Id.is_in(part.iter().copied()))
                .into_tuple()
                .all(db)
                .await?;
            found.born.extend(born.into_iter().map(|(id, day)| (PersonId(id), words::day(day.as_deref()))));
            for relation in relations.iter().filter_map(words::relation) {
                if relation.decides_on(today, found.born.get(&relation.child).copied().flatten()) {
                    found.deciding.entry(relation.child).or_default().push(relation.adult);
                }
            }
        }
        for guardians in found.deciding.values_mut() {
            guardians.sort();
            guardians.dedup();
        }
        Ok(found)
    }

    /// Adds what is known of these children already.
    pub(super) fn know(&mut self, children: &[Arc<ChildRecord>]) {
        self.deciding.extend(children.iter().map(|child| (child.id, child.guardians.clone())));
        self.born.extend(children.iter().map(|child| (child.id, child.born)));
    }

    /// Those who decide for the child, by id.
    pub(super) fn of_child(&self, child: PersonId) -> &[PersonId] {
        self.deciding.get(&child).map_or(&[], Vec::as_slice)
    }

    /// When the child was born, where known.
    pub(super) fn born(&self, child: PersonId) -> Option<Date> {
        self.born.get(&child).copied().flatten()
    }

    /// Those around the child today.
    pub(super) fn family(&self, child: PersonId) -> Family<'_> {
        family(child, self.born(child), self.of_child(child), self.today)
    }

    /// Everybody who decides for one of the children.
    pub(super) fn everybody(&self) -> impl Iterator<Item = PersonId> {
        self.deciding.values().flatten().copied()
    }
}

/// True when at least one of these people has protected identity.
pub(super) async fn is_protected<C: ConnectionTrait>(db: &C, people: &[Uuid]) -> Result<bool, StoreError> {
    let marked = person::Entity::find().filter(person::Column::Id.is_in(people.iter().copied())).filter(
        Condition::any()
            .add(person::Column::Marking.ne(SecurityMarking::None.code()))
            .add(person::Column::Shielded.eq(true)),
    );
    Ok(marked.count(db).await? > 0)
}
