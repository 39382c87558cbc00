use super::events::{HOLDS, OPEN, asked, events, handlers, seen};
use crate::policy::{Grant, Protect, ReadChild, Scope};
use crate::store::entity::protection_event;
use crate::store::place::places;
use crate::store::read::{child_records_of as child_records, persons_of as persons};
use crate::store::rows::distinct;
use crate::store::{ChildRecord, PersonRecord, Store, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use skolstart_shared::access::Role;
use skolstart_shared::api::{Opening, Purpose};
use skolstart_shared::id::{PersonId, UnitId};
use skolstart_shared::people::SecurityMarking;
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

/// Somebody of the family.
pub struct FamilyRecord {
    /// Who.
    pub person: PersonId,
    /// True when the identity itself is marked.
    pub marked: bool,
    /// Who has asked for that to be taken away.
    pub asked: Option<PersonId>,
}

/// What is known about the protection of one child.
pub struct ProtectionFile {
    /// The child and its guardians.
    pub family: Vec<FamilyRecord>,
    /// True when the child is hidden.
    pub hidden: bool,
    /// Those who handle it.
    pub handlers: Vec<PersonId>,
    /// Those with a duty at its units.
    pub staff: Vec<PersonId>,
    /// Who has opened the page, oldest first.
    pub openings: Vec<(PersonId, Opening)>,
    /// Everybody named here.
    pub people: HashMap<PersonId, PersonRecord>,
}

/// A hidden child, and what waits there.
pub struct WaitingChild {
    /// The child.
    pub child: ChildRecord,
    /// Openings by others that the actor has not seen.
    pub opened: u32,
    /// Whether somebody else has asked for a marking to be taken away.
    pub asked: bool,
}

impl Store {
    /// The protection of the child of the grant.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn protection(
        &self,
        grant: &Grant<Protect>,
        today: Date,
    ) -> Result<Option<ProtectionFile>, StoreError> {
        let (db, Some(id)) = (self.db(), grant.child()) else { return Ok(None) };
        let Some(child) = child_records(self, &[id.0], today).await?.pop() else { return Ok(None) };
        let known = events(db, &[id.0]).await?;
        let family: Vec<PersonId> = [id].into_iter().chain(child.guardians.iter().copied()).collect();
        let staff = match child.place {
            Some(place) => self.staff_at(place.unit, today).await?,
            None => Vec::new(),
        };
        let handlers = handlers(&known);
        let by = known.iter().map(|event| event.by_id);
        let everybody = family.iter().chain(&staff).chain(&handlers).map(|person| person.0).chain(by);
        let people = persons(self, &distinct(everybody)).await?;
        let marked = self.marked(&family).await?;
        let last_seen = seen(&known, grant.actor());
        let openings = known.iter().filter_map(|event| opening(event, grant.actor(), last_seen));
        Ok(Some(ProtectionFile {
            hidden: child.is_shielded(&people),
            family: family
                .into_iter()
                .map(|person| FamilyRecord {
                    person,
                    marked: marked.contains(&person),
                    asked: asked(&known, person),
                })
                .collect(),
            openings: openings.collect(),
            handlers,
            staff,
            people,
        }))
    }

    async fn marked(&self, people: &[PersonId]) -> Result<Vec<PersonId>, StoreError> {
        use crate::store::entity::person::{Column::Id, Entity};
        let rows = Entity::find().filter(Id.is_in(people.iter().map(|who| who.0))).all(self.db()).await?;
        let marked = rows.iter().filter(|row| SecurityMarking::from_code(&row.marking).is_protected());
        Ok(marked.map(|row| PersonId(row.id)).collect())
    }

    /// The hidden children whom the grant may show.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn hidden_children(
        &self,
        grant: &Grant<Protect>,
        leads: impl Fn(UnitId) -> bool + Send,
        today: Date,
    ) -> Result<Vec<WaitingChild>, StoreError> {
        let Scope::Units(units) = grant.scope() else { return Ok(Vec::new()) };
        let led: Vec<UnitId> = units.iter().copied().filter(|unit| leads(*unit)).collect();
        let mut ids = if led.is_empty() { Vec::new() } else { self.children_at(&led, today).await? };
        // Whom she handles, as long as both are at the same unit.
        let handled: Vec<Uuid> = grant.handled().iter().map(|child| child.0).collect();
        let places = places(self.db(), &handled, today).await?;
        ids.extend(places.iter().filter(|(_, place)| units.contains(&place.unit)).map(|(child, _)| child.0));
        let mut children = child_records(self, &distinct(ids), today).await?;
        let guardians = children.iter().flat_map(|child| child.guardians.iter().map(|who| who.0));
        let people = persons(self, &distinct(guardians)).await?;
        children.retain(|child| child.is_shielded(&people));
        let ids: Vec<Uuid> = children.iter().map(|child| child.id.0).collect();
        let mut known: HashMap<Uuid, Vec<protection_event::Model>> = HashMap::new();
        for event in events(self.db(), &ids).await? {
            known.entry(event.child_id).or_default().push(event);
        }
        let waiting = children.into_iter().map(|child| {
            let events = known.remove(&child.id.0).unwrap_or_default();
            let last = seen(&events, grant.actor());
            let fresh = events.iter().filter_map(|event| opening(event, grant.actor(), last));
            let opened = fresh.filter(|(_, opening)| opening.fresh).count();
            let family: Vec<PersonId> = child.guardians.iter().copied().chain([child.id]).collect();
            let asked = family.iter().any(|who| asked(&events, *who).is_some_and(|by| by != grant.actor()));
            WaitingChild { opened: u32::try_from(opened).unwrap_or(u32::MAX), asked, child }
        });
        Ok(waiting.collect())
    }

    /// True when the actor has lately said why she opens this child's page.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn has_said_why(&self, grant: &Grant<ReadChild>, now: Timestamp) -> Result<bool, StoreError> {
        use protection_event::Column::{At, ById, ChildId, Kind};
        let Some(child) = grant.child() else { return Ok(false) };
        let said = protection_event::Entity::find()
            .filter(ChildId.eq(child.0))
            .filter(Kind.eq(OPEN))
            .filter(ById.eq(grant.actor().0))
            .filter(At.gt(now.plus_millis(-HOLDS).as_millis()));
        Ok(said.count(self.db()).await? > 0)
    }
}

/// An event as an opening, if it is one. Fresh: by somebody else, and later than the reader's last look.
fn opening(
    event: &protection_event::Model,
    reader: PersonId,
    last: Option<Timestamp>,
) -> Option<(PersonId, Opening)> {
    let purpose = event.purpose.as_deref().and_then(Purpose::from_name).filter(|_| event.kind == OPEN)?;
    let at = Timestamp::from_millis(event.at);
    let fresh = event.by_id != reader.0 && last.is_none_or(|last| at > last);
    let role = Role::from_name(&event.role)?;
    Some((PersonId(event.by_id), Opening { name: String::new(), role, purpose, at, fresh }))
}
