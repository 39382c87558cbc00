//! What the database remembers of the file with the keys of persons, so that an older one is never taken for it.
//!
//! Owns a row of `meta`. The writer notes new keys in the transaction that first holds what they have sealed: a file without them is
//! older than the database. Must not open a key.

use super::entity::meta;
use super::generation::PERSON_KEYS;
use super::{Sealer, StoreError};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel};

/// How many keys the database knows of.
pub(super) struct PersonMark {
    sealer: Sealer,
    noted: u64,
}

impl PersonMark {
    /// After [`note`] with the same keys.
    pub(super) fn new(sealer: Sealer, noted: u64) -> Self {
        Self { sealer, noted }
    }

    /// Notes the keys that were made since, if any were. Says of how many the database knows when this is committed.
    pub(super) async fn follow(&self, db: &impl ConnectionTrait) -> Result<u64, StoreError> {
        let keys = self.sealer.persons()?;
        let made = keys.made_here();
        if made > self.noted {
            note(db, keys.mark()?).await?;
        }
        Ok(made)
    }

    /// The transaction of [`Self::follow`] was committed.
    pub(super) fn is_noted(&mut self, made: u64) {
        self.noted = made;
    }
}

/// The mark in this database. `None`: it has never had keys of persons.
pub(super) async fn known(db: &impl ConnectionTrait) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(meta::Entity::find_by_id(PERSON_KEYS.to_owned()).one(db).await?.map(|row| row.value))
}

/// Notes a mark, unless a newer one is there: another process may have been here.
pub(super) async fn note(db: &impl ConnectionTrait, mark: Vec<u8>) -> Result<(), StoreError> {
    let mut newest = OnConflict::column(meta::Column::Key);
    newest.update_column(meta::Column::Value);
    newest.action_and_where(Expr::col((meta::Entity, meta::Column::Value)).lt(mark.clone()));
    put(db, mark, newest).await
}

/// Puts a mark in the place of any other.
pub(super) async fn replace(db: &impl ConnectionTrait, mark: Vec<u8>) -> Result<(), StoreError> {
    let any = OnConflict::column(meta::Column::Key).update_column(meta::Column::Value).to_owned();
    put(db, mark, any).await
}

async fn put(db: &impl ConnectionTrait, mark: Vec<u8>, conflict: OnConflict) -> Result<(), StoreError> {
    let row = meta::Model { key: PERSON_KEYS.to_owned(), value: mark }.into_active_model();
    meta::Entity::insert(row).on_conflict(conflict).exec_without_returning(db).await?;
    Ok(())
}
