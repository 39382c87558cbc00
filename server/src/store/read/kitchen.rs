use super::home::child_records;
use super::own::unit_names;
use super::person::persons;
use crate::policy::{Grant, ReadKitchen, Scope};
use crate::store::entity::fact;
use crate::store::rows::{MOST_IDS, distinct};
use crate::store::{ChildRecord, Store, StoreError, known};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::fact::{ElementKey, Snapshot, Value};
use skolstart_shared::id::{PersonId, UnitId};
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

/// A value that was given about a child, when and by whom. `by`: nobody for a register.
#[derive(Clone, Debug)]
pub struct Said {
    /// What it is about.
    pub element: ElementKey,
    /// The value.
    pub value: Value,
    /// Who said it.
    pub by: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// The children of a unit with what has been said about them.
pub struct KitchenFile {
    /// The unit.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// The children that the grant may show, in no order.
    pub children: Vec<ChildRecord>,
    /// What is known about them.
    pub snapshots: HashMap<PersonId, Snapshot>,
    /// Of children about whom something was said lately: everything that was ever said, oldest first.
    pub said: HashMap<PersonId, Vec<Said>>,
}

impl Store {
    /// The children of the unit of the grant, with what has been said about these elements. The history is read for those
    /// about whom something was said since `since`.
    ///
    /// # Errors
    /// When the database cannot be read, or a sealed value was altered.
    pub async fn kitchen(
        &self,
        grant: &Grant<ReadKitchen>,
        elements: &[ElementKey],
        since: Timestamp,
        today: Date,
    ) -> Result<Option<KitchenFile>, StoreError> {
        let Scope::Units(units) = grant.scope() else { return Ok(None) };
        let [unit] = units.as_slice() else { return Ok(None) };
        let ids = self.children_at(units, today).await?;
        let mut children = child_records(self, &ids, today).await?;
        let family = children.iter().flat_map(|child| child.guardians.iter().copied().chain([child.id]));
        let people = persons(self, &distinct(family.map(|person| person.0))).await?;
        children.retain(|child| !child.is_shielded(&people) || grant.sees_protected());
        let ids: Vec<Uuid> = children.iter().map(|child| child.id.0).collect();
        let snapshots = known::snapshots(self.db(), self.sealer(), &ids).await?;
        let said = self.said_lately(&ids, elements, since).await?;
        let unit_name = unit_names(self.db(), &[unit.0]).await?.remove(unit).unwrap_or_default();
        Ok(Some(KitchenFile { unit: *unit, unit_name, children, snapshots, said }))
    }

    async fn said_lately(
        &self,
        children: &[Uuid],
        elements: &[ElementKey],
        since: Timestamp,
    ) -> Result<HashMap<PersonId, Vec<Said>>, StoreError> {
        use fact::Column::{At, Element, SubjectId, Version};
        let mut found: HashMap<PersonId, Vec<Said>> = HashMap::new();
        for part in children.chunks(MOST_IDS) {
            let about = fact::Entity::find()
                .filter(SubjectId.is_in(part.iter().copied()))
                .filter(Element.is_in(elements.iter().map(ElementKey::as_str)));
            let lately = about.filter(At.gte(since.as_millis())).all(self.db()).await?;
            let subjects = distinct(lately.into_iter().map(|row| row.subject_id));
            if subjects.is_empty() {
                continue;
            }
            let all = fact::Entity::find()
                .filter(SubjectId.is_in(subjects))
                .filter(Element.is_in(elements.iter().map(ElementKey::as_str)))
                .order_by_asc(At)
                .order_by_asc(Version);
            for row in all.all(self.db()).await? {
                found.entry(PersonId(row.subject_id)).or_default().push(self.said(row)?);
            }
        }
        Ok(found)
    }

    fn said(&self, row: fact::Model) -> Result<Said, StoreError> {
        let corrupt = StoreError::Corrupt("fact");
        let plain = self
            .sealer()
            .open_for(row.subject_id, "fact", "value", row.id, &row.value)
            .map_err(|_| corrupt.clone())?;
        Ok(Said {
            element: ElementKey(row.element),
            value: serde_json::from_slice(&plain).map_err(|_| corrupt)?,
            by: row.by_id.map(PersonId),
            at: Timestamp::from_millis(row.at),
        })
    }
}
