//! What a school calls a hidden child: one sealed row per child, while the child is hidden.

use super::step::Stepped;
use crate::policy::{Grant, Protect};
use crate::store::entity::{child_alias, group_membership, person, protection_event};
use crate::store::generation::{self, Of};
use crate::store::rows::{MOST_IDS, distinct};
use crate::store::{Sealer, Store, StoreError, Transaction, figures};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use skolstart_shared::Timestamp;
use skolstart_shared::access::Role;
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::people::{Alias, SecurityMarking};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

const TABLE: &str = "child_alias";
const COLUMN: &str = "sealed";

const SET: &str = "set-alias";
const CLEAR: &str = "clear-alias";

/// An alias, and the change that it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingAlias {
    /// What the child is called.
    pub alias: Alias,
    /// The change.
    pub change: ChangeId,
}

/// What somebody wants a child to be called.
#[derive(Clone, Debug)]
pub struct Naming {
    /// The id, made by the caller.
    pub id: ChangeId,
    /// The alias. `None`: none any more.
    pub alias: Option<Alias>,
    /// The change that the caller has seen.
    pub seen: Option<ChangeId>,
    /// In what role.
    pub role: Role,
    /// When.
    pub at: Timestamp,
}

impl Naming {
    fn kind(&self) -> &'static str {
        if self.alias.is_some() { SET } else { CLEAR }
    }
}

impl Store {
    /// What the child of the grant is called at school.
    ///
    /// # Errors
    /// When the database cannot be read, or the sealed value was altered.
    pub async fn alias(&self, grant: &Grant<Protect>) -> Result<Option<StandingAlias>, StoreError> {
        let Some(child) = grant.child() else { return Ok(None) };
        Ok(aliases(self, &[child.0]).await?.remove(&child))
    }

    /// Sets, changes or takes away the alias of the child of the grant. From the next request on staff read it everywhere.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written; the same may be done again.
    pub async fn name_by_alias(&self, grant: &Grant<Protect>, naming: Naming) -> Result<Stepped, StoreError> {
        let Some(child) = grant.child() else { return Ok(Stepped::NotFound) };
        let mut audit = grant.audit("protected-child", Some(child.0));
        audit.outcome = naming.kind();
        let work = Arc::new((self.sealer().clone(), naming, grant.actor(), audit));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (sealer, naming, by, audit) = &*work;
                let done = write(db, sealer, child, *by, naming).await?;
                let noted = if done == Stepped::Done { vec![audit.clone()] } else { Vec::new() };
                Ok((done, noted))
            })
        })
        .await
    }
}

/// The aliases of those among these people who have one.
pub(in crate::store) async fn aliases(
    store: &Store,
    people: &[Uuid],
) -> Result<HashMap<PersonId, StandingAlias>, StoreError> {
    let mut found = HashMap::new();
    for part in people.chunks(MOST_IDS) {
        let query =
            child_alias::Entity::find().filter(child_alias::Column::ChildId.is_in(part.iter().copied()));
        for row in query.all(store.db()).await? {
            let alias = open(store.sealer(), &row)?;
            let change = ChangeId(row.change_id);
            found.insert(PersonId(row.child_id), StandingAlias { alias, change });
        }
    }
    Ok(found)
}

/// Takes away what those who are not hidden any more were called. Runs with every change of who is hidden.
pub(in crate::store) async fn drop_needless(db: &Transaction) -> Result<(), StoreError> {
    db.execute_unprepared(NEEDLESS).await?;
    Ok(())
}

const NEEDLESS: &str = "DELETE FROM child_alias WHERE child_id IN \
     (SELECT id FROM person WHERE marking = 'none' AND NOT shielded)";

async fn write(
    db: &Transaction,
    sealer: &Sealer,
    child: PersonId,
    by: PersonId,
    naming: &Naming,
) -> Result<Stepped, StoreError> {
    // The child first, as a marking does.
    let hidden = is_hidden(db, child).await?;
    let stands = child_alias::Entity::find_by_id(child.0).lock_exclusive().one(db).await?;
    if let Some(earlier) = protection_event::Entity::find_by_id(naming.id.0).one(db).await? {
        return again(sealer, child, by, naming, &earlier, stands.as_ref());
    }
    if !hidden {
        return Ok(Stepped::NotFound);
    }
    let seen = stands.as_ref().map(|row| ChangeId(row.change_id));
    if seen != naming.seen || (seen.is_none() && naming.alias.is_none()) {
        return Ok(Stepped::Moved);
    }
    child_alias::Entity::delete_by_id(child.0).exec(db).await?;
    if let Some(alias) = &naming.alias {
        let plain = serde_json::to_vec(alias).map_err(|_| StoreError::Corrupt(TABLE))?;
        let sealed = sealer.seal_for(child.0, TABLE, COLUMN, child.0, &plain)?;
        let row = child_alias::Model { child_id: child.0, change_id: naming.id.0, sealed };
        child_alias::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    }
    protection_event::Entity::insert(event(child, by, naming).into_active_model())
        .exec_without_returning(db)
        .await?;
    // Names are remembered with the register, and a class that is open on somebody's screen asks for what is new.
    generation::advance(db, Of::Register, naming.id.0).await?;
    figures::renew(db, groups(db, child).await?).await?;
    Ok(Stepped::Done)
}

/// What was sent before. What an alias was is not known any more once it has been replaced or taken away.
fn again(
    sealer: &Sealer,
    child: PersonId,
    by: PersonId,
    naming: &Naming,
    earlier: &protection_event::Model,
    stands: Option<&child_alias::Model>,
) -> Result<Stepped, StoreError> {
    let now = event(child, by, naming);
    let same = *earlier == protection_event::Model { at: earlier.at, role: earlier.role.clone(), ..now };
    let stands = stands.filter(|row| row.change_id == earlier.id);
    let said = stands.map(|row| open(sealer, row)).transpose()?;
    let differs = said.is_some_and(|said| naming.alias.as_ref() != Some(&said));
    Ok(if same && !differs { Stepped::Done } else { Stepped::Other })
}

fn event(child: PersonId, by: PersonId, naming: &Naming) -> protection_event::Model {
    protection_event::Model {
        id: naming.id.0,
        child_id: child.0,
        kind: naming.kind().to_owned(),
        person_id: None,
        purpose: None,
        by_id: by.0,
        role: naming.role.as_str().to_owned(),
        at: naming.at.as_millis(),
    }
}

fn open(sealer: &Sealer, row: &child_alias::Model) -> Result<Alias, StoreError> {
    let plain = sealer.open_for(row.child_id, TABLE, COLUMN, row.child_id, &row.sealed);
    let plain = plain.map_err(|_| StoreError::Corrupt(TABLE))?;
    serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt(TABLE))
}

async fn is_hidden(db: &Transaction, child: PersonId) -> Result<bool, StoreError> {
    let row = person::Entity::find_by_id(child.0).lock_shared().one(db).await?;
    Ok(row.is_some_and(|row| row.shielded || SecurityMarking::from_code(&row.marking).is_protected()))
}

async fn groups(db: &Transaction, child: PersonId) -> Result<Vec<Uuid>, StoreError> {
    let of_child = group_membership::Column::PersonId.eq(child.0);
    let rows = group_membership::Entity::find().filter(of_child).all(db).await?;
    Ok(distinct(rows.iter().map(|row| row.group_id)))
}
