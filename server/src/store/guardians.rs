//! Who decides for which children on a day. Called by the store's own modules.

use super::entity::{guardian_relation, person};
use super::rows::MOST_IDS;
use super::{StoreError, words};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use skolstart_shared::Date;
use skolstart_shared::id::PersonId;
use skolstart_shared::people::SecurityMarking;
use std::collections::HashMap;
use uuid::Uuid;

/// The guardians of some children.
#[derive(Default)]
pub(super) struct Guardians(HashMap<PersonId, Vec<PersonId>>);

impl Guardians {
    /// Reads them; two statements however many the children.
    pub(super) async fn of<C: ConnectionTrait>(
        db: &C,
        children: &[Uuid],
        today: Date,
    ) -> Result<Self, StoreError> {
        let mut found = Self::default();
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
            let born: HashMap<Uuid, Option<Date>> =
                born.into_iter().map(|(id, day)| (id, words::day(day.as_deref()))).collect();
            for relation in relations.iter().filter_map(words::relation) {
                if relation.decides_on(today, born.get(&relation.child.0).copied().flatten()) {
                    found.0.entry(relation.child).or_default().push(relation.adult);
                }
            }
        }
        for guardians in found.0.values_mut() {
            guardians.sort();
            guardians.dedup();
        }
        Ok(found)
    }

    /// Those who decide for the child, by id.
    pub(super) fn of_child(&self, child: PersonId) -> &[PersonId] {
        self.0.get(&child).map_or(&[], Vec::as_slice)
    }

    /// Everybody who decides for one of the children.
    pub(super) fn everybody(&self) -> impl Iterator<Item = PersonId> {
        self.0.values().flatten().copied()
    }
}

/// True when at least one of these people has protected identity.
pub(super) async fn is_protected<C: ConnectionTrait>(db: &C, people: &[Uuid]) -> Result<bool, StoreError> {
    let marked = person::Entity::find()
        .filter(person::Column::Id.is_in(people.iter().copied()))
        .filter(person::Column::Marking.ne(SecurityMarking::None.code()));
    Ok(marked.count(db).await? > 0)
}
