//! Whom somebody else's marking protects. A marked guardian leads to the child, and a marked child to its siblings and half-siblings:
//! they share a name, a home, a person to call.
//!
//! Owns the one statement that says so. Called whenever markings or relations change. Must err on the side of hiding: relations
//! that have ended count too.

use super::entity::{guardian_relation, person};
use super::protection::drop_needless;
use super::register::addresses;
use super::rows::{MOST_IDS, distinct};
use super::{Sealer, Store, StoreError, Transaction, generation};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use skolstart_shared::people::SecurityMarking;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Brings `shielded` in line with the markings, for everybody for whom it has changed. Begins with the few who are marked, once: asked
/// for each person by itself, PostgreSQL took minutes for it with 50,000 children that had just been taken in.
pub(super) const SHIELD: &str = "UPDATE person SET shielded = NOT shielded WHERE shielded <> (id IN ( \
     SELECT r.child_id FROM person g JOIN guardian_relation r ON r.adult_id = g.id WHERE g.marking <> 'none' \
     UNION \
     SELECT r.child_id FROM person s JOIN guardian_relation o ON o.child_id = s.id \
     JOIN guardian_relation r ON r.adult_id = o.adult_id \
     WHERE s.marking <> 'none' AND r.child_id <> s.id))";

/// Runs [`SHIELD`] within a transaction that has changed markings or relations. Who is not hidden any more has no alias either. What
/// the register told of where those live who are hidden is forgotten.
pub(super) async fn shield(db: &Transaction, sealer: &Sealer) -> Result<(), StoreError> {
    db.execute_unprepared(SHIELD).await?;
    addresses::forget(db, sealer).await?;
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

/// Hides, within a transaction that has written these people of the register, the children whom a marking in the family protects, and
/// gives those who are hidden since. Takes no protection away: that is left to [`SHIELD`], which knows everybody.
pub(super) async fn shield_around(db: &Transaction, written: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    use guardian_relation::Column::{AdultId, ChildId};
    let theirs = || written.iter().copied();
    let around = Condition::any().add(ChildId.is_in(theirs())).add(AdultId.is_in(theirs()));
    let near = guardian_relation::Entity::find().filter(around).all(db).await?;
    let mut families: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for part in distinct(near.iter().map(|row| row.adult_id)).chunks(MOST_IDS) {
        let rows = guardian_relation::Entity::find().filter(AdultId.is_in(part.iter().copied()));
        for row in rows.all(db).await? {
            families.entry(row.adult_id).or_default().push(row.child_id);
        }
    }
    let people =
        distinct(families.iter().flat_map(|(adult, children)| children.iter().chain([adult]).copied()));
    let marked = marked_among(db, &people).await?;
    let mut hidden: Vec<Uuid> = Vec::new();
    for (adult, children) in families.iter().filter(|_| !marked.is_empty()) {
        let by_other = |child: &Uuid| children.iter().any(|other| other != child && marked.contains(other));
        hidden.extend(children.iter().filter(|child| marked.contains(adult) || by_other(child)));
    }
    let mut since = Vec::new();
    for part in distinct(hidden).chunks(MOST_IDS) {
        use person::Column::{Id, Shielded};
        let shown = Condition::all().add(Id.is_in(part.iter().copied())).add(Shielded.eq(false));
        let found: Vec<Uuid> =
            person::Entity::find().filter(shown).select_only().column(Id).into_tuple().all(db).await?;
        let shielded = person::ActiveModel { shielded: Set(true), ..Default::default() };
        let theirs = Id.is_in(found.iter().copied());
        person::Entity::update_many().set(shielded).filter(theirs).exec(db).await?;
        since.extend(found);
    }
    Ok(since)
}

async fn marked_among(db: &Transaction, people: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
    use person::Column::{Id, Marking};
    let mut marked = HashSet::new();
    for part in people.chunks(MOST_IDS) {
        let query = person::Entity::find().filter(Id.is_in(part.iter().copied()));
        let query = query.filter(Marking.ne(SecurityMarking::None.code())).select_only().column(Id);
        marked.extend(query.into_tuple::<Uuid>().all(db).await?);
    }
    Ok(marked)
}

impl Store {
    /// Brings the protection of families in line with a register that has come in.
    ///
    /// # Errors
    /// When it could not be written.
    pub(crate) async fn shield_families(&self) -> Result<(), StoreError> {
        let generation = self.ids().next()?;
        let sealer = self.sealer().clone();
        self.write(move |db| {
            let sealer = sealer.clone();
            Box::pin(async move {
                shield(db, &sealer).await?;
                generation::advance(db, generation::Of::Register, generation).await?;
                Ok(((), Vec::new()))
            })
        })
        .await
    }
}
