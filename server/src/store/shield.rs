//! Whom somebody else's marking protects. A marked guardian leads to the child, and a marked child to its siblings and half-siblings:
//! they share a name, a home, a person to call.
//!
//! Owns the one statement that says so. Called whenever markings or relations change. Must err on the side of hiding: relations
//! that have ended count too.

use super::entity::guardian_relation;
use super::protection::drop_needless;
use super::rows::distinct;
use super::{Store, StoreError, Transaction, generation};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// Brings `shielded` in line with the markings, for everybody for whom it has changed. Begins with the few who are marked, once: asked
/// for each person by itself, PostgreSQL took minutes for it with 50,000 children that had just been taken in.
pub(super) const SHIELD: &str = "UPDATE person SET shielded = NOT shielded WHERE shielded <> (id IN ( \
     SELECT r.child_id FROM person g JOIN guardian_relation r ON r.adult_id = g.id WHERE g.marking <> 'none' \
     UNION \
     SELECT r.child_id FROM person s JOIN guardian_relation o ON o.child_id = s.id \
     JOIN guardian_relation r ON r.adult_id = o.adult_id \
     WHERE s.marking <> 'none' AND r.child_id <> s.id))";

/// Runs [`SHIELD`] within a transaction that has changed markings or relations. Who is not hidden any more has no alias either.
pub(super) async fn shield(db: &Transaction) -> Result<(), StoreError> {
    db.execute_unprepared(SHIELD).await?;
    drop_needless(db).await
}

/// The children whom a change of this person's marking can concern: itself, its siblings, those whose guardian it is.
pub(super) async fn kin(db: &Transaction, person: Uuid) -> Result<Vec<Uuid>, StoreError> {
    use guardian_relation::Column::{AdultId, ChildId};
    let around = Condition::any().add(ChildId.eq(person)).add(AdultId.eq(person));
    let adults = guardian_relation::Entity::find().filter(around).all(db).await?;
    let adults = distinct(adults.iter().map(|row| row.adult_id));
    let theirs = guardian_relation::Entity::find().filter(AdultId.is_in(adults)).all(db).await?;
    Ok(distinct(theirs.iter().map(|row| row.child_id).chain([person])))
}

impl Store {
    /// Brings the protection of families in line with a register that has come in.
    ///
    /// # Errors
    /// When it could not be written.
    pub(crate) async fn shield_families(&self) -> Result<(), StoreError> {
        let generation = self.ids().next()?;
        self.write(move |db| {
            Box::pin(async move {
                shield(db).await?;
                generation::advance(db, generation::Of::Register, generation).await?;
                Ok(((), Vec::new()))
            })
        })
        .await
    }
}
