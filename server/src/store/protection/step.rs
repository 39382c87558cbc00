use super::events::{asked, events, handlers};
use crate::policy::{Grant, Protect};
use crate::store::entity::{person, protection_event};
use crate::store::generation::{self, Of};
use crate::store::guardians::Guardians;
use crate::store::refresh::Part;
use crate::store::shield::{kin, shield};
use crate::store::{Store, StoreError, Transaction};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use skolstart_shared::access::Role;
use skolstart_shared::api::ProtectionStep;
use skolstart_shared::id::{ChangeId, PersonId};
use skolstart_shared::people::SecurityMarking;
use skolstart_shared::{Date, Timestamp};
use std::sync::Arc;
use uuid::Uuid;

/// What somebody does about a child's protection.
#[derive(Clone, Debug)]
pub struct Stepping {
    /// The id, made by the caller.
    pub id: ChangeId,
    /// What.
    pub step: ProtectionStep,
    /// In what role.
    pub role: Role,
    /// When.
    pub at: Timestamp,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// It is done, now or before.
    Done,
    /// The id was used before for something else.
    Other,
    /// There is nothing of the kind to be done any more.
    Moved,
    /// It takes somebody else: nobody takes a marking away alone.
    SamePerson,
    /// The person is not one of the family.
    NotFound,
}

impl Store {
    /// Does the step, with everything that follows at once: who is hidden, what is counted, who may see.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it was not written; the same step may be done again.
    pub async fn step_protection(
        &self,
        grant: &Grant<Protect>,
        stepping: Stepping,
        today: Date,
    ) -> Result<Stepped, StoreError> {
        let Some(child) = grant.child() else { return Ok(Stepped::NotFound) };
        let mut audit = grant.audit("protected-child", Some(child.0));
        if let ProtectionStep::Open(purpose) = stepping.step {
            audit.purpose = purpose.as_str();
        }
        audit.outcome = stepping.step.as_str();
        let work = Arc::new((self.clone(), stepping, grant.actor(), audit));
        self.write(move |db| {
            let work = work.clone();
            Box::pin(async move {
                let (store, stepping, by, audit) = &*work;
                let stepped = step(db, store, child, *by, stepping, today).await?;
                let noted = if stepped == Stepped::Done { vec![audit.clone()] } else { Vec::new() };
                Ok((stepped, noted))
            })
        })
        .await
    }
}

async fn step(
    db: &Transaction,
    store: &Store,
    child: PersonId,
    by: PersonId,
    stepping: &Stepping,
    today: Date,
) -> Result<Stepped, StoreError> {
    let row = row(child, by, stepping);
    if let Some(earlier) = protection_event::Entity::find_by_id(row.id).one(db).await? {
        let same = earlier == protection_event::Model { at: earlier.at, role: earlier.role.clone(), ..row };
        return Ok(if same { Stepped::Done } else { Stepped::Other });
    }
    let known = events(db, &[child.0]).await?;
    let may = match stepping.step {
        ProtectionStep::Mark(whom) => of_family(db, child, whom, today).await?,
        ProtectionStep::Ask(whom) if asked(&known, whom).is_none() => is_marked(db, whom).await?,
        ProtectionStep::Ask(_) => Stepped::Moved,
        ProtectionStep::Withdraw(whom) if asked(&known, whom).is_some() => Stepped::Done,
        ProtectionStep::Withdraw(_) => Stepped::Moved,
        ProtectionStep::Approve(whom) => match asked(&known, whom) {
            None => Stepped::Moved,
            Some(asker) if asker == by => Stepped::SamePerson,
            Some(_) => is_marked(db, whom).await?,
        },
        ProtectionStep::EndName(whom) if !handlers(&known).contains(&whom) => Stepped::Moved,
        ProtectionStep::Name(_) | ProtectionStep::EndName(_) => Stepped::Done,
        ProtectionStep::Open(_) | ProtectionStep::Seen => Stepped::Done,
    };
    if may != Stepped::Done {
        return Ok(may);
    }
    let id = row.id;
    protection_event::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    match stepping.step {
        ProtectionStep::Mark(whom) => mark(db, store, whom, SecurityMarking::Local, id).await?,
        ProtectionStep::Approve(whom) => mark(db, store, whom, SecurityMarking::None, id).await?,
        // What people may do is remembered with the register.
        ProtectionStep::Name(_) | ProtectionStep::EndName(_) => {
            generation::advance(db, Of::Register, id).await?
        }
        _ => {}
    }
    Ok(Stepped::Done)
}

fn row(child: PersonId, by: PersonId, stepping: &Stepping) -> protection_event::Model {
    let purpose = match stepping.step {
        ProtectionStep::Open(purpose) => Some(purpose.as_str().to_owned()),
        _ => None,
    };
    protection_event::Model {
        id: stepping.id.0,
        child_id: child.0,
        kind: stepping.step.as_str().to_owned(),
        person_id: stepping.step.person().map(|person| person.0),
        purpose,
        by_id: by.0,
        role: stepping.role.as_str().to_owned(),
        at: stepping.at.as_millis(),
    }
}

async fn of_family(
    db: &Transaction,
    child: PersonId,
    whom: PersonId,
    today: Date,
) -> Result<Stepped, StoreError> {
    let guardians = Guardians::of(db, &[child.0], today).await?;
    let belongs = whom == child || guardians.of_child(child).contains(&whom);
    Ok(if belongs { Stepped::Done } else { Stepped::NotFound })
}

async fn is_marked(db: &Transaction, whom: PersonId) -> Result<Stepped, StoreError> {
    let row = person::Entity::find_by_id(whom.0).one(db).await?;
    let marked = row.is_some_and(|row| SecurityMarking::from_code(&row.marking).is_protected());
    Ok(if marked { Stepped::Done } else { Stepped::Moved })
}

/// Changes the marking, and at once everything that follows for the family. A stricter marking of the register stays.
async fn mark(
    db: &Transaction,
    store: &Store,
    whom: PersonId,
    marking: SecurityMarking,
    generation: Uuid,
) -> Result<(), StoreError> {
    use person::Column::{Id, Marking};
    let mut update =
        person::Entity::update_many().col_expr(Marking, marking.code().into()).filter(Id.eq(whom.0));
    if marking.is_protected() {
        update = update.filter(Marking.eq(SecurityMarking::None.code()));
    }
    update.exec(db).await?;
    shield(db, store.sealer()).await?;
    generation::advance(db, Of::Register, generation).await?;
    let children = kin(db, whom.0).await?;
    for round in store.published().rounds() {
        Part::of_children(store, round, children.clone()).refresh(db).await?;
    }
    Ok(())
}
