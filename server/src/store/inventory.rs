//! The element catalogue and the inventory of forms: append-only rows, of which the newest of each key stands.
//!
//! Called by the use cases of the inventory, by `open` (which brings in what ships with the program), by the publishing of a form that
//! brings elements of its own, and by `published`. Must not decide which change is safe.

use super::entity::inventory_version::{ActiveModel, Column, Entity, Model};
use super::generation::{Of, advance};
use super::{Store, StoreError};
use crate::policy::{EditInventory, Grant, ReadInventory};
use crate::store::Transaction;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    TryInsertResult,
};
use skolstart_shared::Timestamp;
use skolstart_shared::fact::{Catalogue, Element};
use skolstart_shared::form::FormDefinition;
use skolstart_shared::id::PersonId;
use skolstart_shared::inventory::PaperForm;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inventoried {
    /// An element of the catalogue.
    Element,
    /// A form of the inventory.
    Form,
}

impl Inventoried {
    fn word(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Form => "form",
        }
    }
}

/// A description of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description<T> {
    /// From 1.
    pub version: u32,
    /// Since when.
    pub at: Timestamp,
    /// Who changed it. `None`: it came with the program.
    pub by: Option<PersonId>,
    /// What it says.
    pub what: T,
}

/// A change of one thing.
#[derive(Clone, Debug)]
pub struct Redescribed {
    /// The key of the element or the code of the form.
    pub key: String,
    /// The version it is made upon; `None` puts it on top of whatever stands.
    pub base: Option<u32>,
    /// What it is to say, as JSON.
    pub definition: String,
}

/// What came of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redescribing {
    /// They stand; what said so already was left as it is.
    Done,
    /// Somebody else has changed one of them since: nothing is written.
    Stale,
}

impl Store {
    /// How an element has been described, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn element_history(
        &self,
        _grant: &Grant<ReadInventory>,
        key: &str,
    ) -> Result<Vec<Description<Element>>, StoreError> {
        let rows = Entity::find()
            .filter(Column::Kind.eq(Inventoried::Element.word()))
            .filter(Column::Key.eq(key))
            .order_by_desc(Column::Version)
            .all(self.db())
            .await?;
        rows.into_iter().map(read_row).collect()
    }

    /// Makes the changes, all or none, and tells every process. What says the same already is not written again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn redescribe(
        &self,
        grant: &Grant<EditInventory>,
        kind: Inventoried,
        changes: Vec<Redescribed>,
    ) -> Result<Redescribing, StoreError> {
        let (actor, now) = (grant.actor(), self.clock().now());
        let generation = self.ids().next()?;
        let entry = grant.audit(kind.word(), None);
        let job = Arc::new((changes, entry));
        let done = self
            .write(move |db| {
                let job = job.clone();
                Box::pin(async move {
                    let (changes, entry) = job.as_ref();
                    let done = append(db, kind, changes, actor, now).await?;
                    let written = matches!(done, Appended::Rows(rows) if rows > 0);
                    if written {
                        advance(db, Of::Inventory, generation).await?;
                    }
                    let said = if done == Appended::Stale { Redescribing::Stale } else { Redescribing::Done };
                    Ok((said, if written { vec![entry.clone()] } else { Vec::new() }))
                })
            })
            .await?;
        self.reload_published().await?;
        Ok(done)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Appended {
    Rows(usize),
    Stale,
}

async fn append(
    db: &Transaction,
    kind: Inventoried,
    changes: &[Redescribed],
    actor: PersonId,
    now: Timestamp,
) -> Result<Appended, StoreError> {
    let newest = newest(db, kind).await?;
    let mut rows = Vec::new();
    for change in changes {
        let stands = newest.get(&change.key);
        if stands.is_some_and(|row| row.definition == change.definition) {
            continue;
        }
        let version = stands.map_or(0, |row| row.version);
        if change.base.is_some_and(|base| i32::try_from(base) != Ok(version)) {
            return Ok(Appended::Stale);
        }
        rows.push(Model {
            kind: kind.word().to_owned(),
            key: change.key.clone(),
            version: version + 1,
            definition: change.definition.clone(),
            changed_at: now.as_millis(),
            changed_by: Some(actor.0),
        });
    }
    let written = rows.len();
    insert(db, rows).await?;
    Ok(Appended::Rows(written))
}

async fn insert<C: ConnectionTrait>(db: &C, rows: Vec<Model>) -> Result<(), StoreError> {
    let rows: Vec<ActiveModel> = rows.into_iter().map(IntoActiveModel::into_active_model).collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The first descriptions of the elements that a form brings, as rows.
pub(super) fn brought(
    form: &FormDefinition,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<Vec<Model>, StoreError> {
    let row = |element: &Element| -> Result<Model, StoreError> {
        Ok(Model {
            kind: Inventoried::Element.word().to_owned(),
            key: element.key.0.clone(),
            version: 1,
            definition: serde_json::to_string(element)
                .map_err(|_| StoreError::Corrupt("inventory_version"))?,
            changed_at: now.as_millis(),
            changed_by: by.map(|person| person.0),
        })
    };
    form.elements.iter().map(row).collect()
}

/// Brings them into the catalogue. How an element is described here already stands. Returns how many are new.
pub(super) async fn bring(db: &Transaction, rows: &[Model]) -> Result<u64, StoreError> {
    let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
    match Entity::insert_many(rows).on_conflict_do_nothing().exec_without_returning(db).await? {
        TryInsertResult::Inserted(new) => Ok(new),
        TryInsertResult::Empty | TryInsertResult::Conflicted => Ok(0),
    }
}

async fn newest<C: ConnectionTrait>(
    db: &C,
    kind: Inventoried,
) -> Result<BTreeMap<String, Model>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Kind.eq(kind.word()))
        .order_by_asc(Column::Key)
        .order_by_asc(Column::Version)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.key.clone(), row)).collect())
}

fn read_row<T: serde::de::DeserializeOwned>(row: Model) -> Result<Description<T>, StoreError> {
    Ok(Description {
        version: u32::try_from(row.version).unwrap_or(0),
        at: Timestamp::from_millis(row.changed_at),
        by: row.changed_by.map(PersonId),
        what: serde_json::from_str(&row.definition).map_err(|_| StoreError::Corrupt("inventory_version"))?,
    })
}

/// What stands today of both kinds.
#[derive(Default)]
pub(super) struct Standing {
    pub(super) elements: Vec<Description<Element>>,
    pub(super) forms: Vec<Description<PaperForm>>,
}

impl Standing {
    pub(super) async fn read(db: &impl ConnectionTrait) -> Result<Self, StoreError> {
        let elements = newest(db, Inventoried::Element).await?.into_values().map(read_row);
        let forms = newest(db, Inventoried::Form).await?.into_values().map(read_row);
        Ok(Self { elements: elements.collect::<Result<_, _>>()?, forms: forms.collect::<Result<_, _>>()? })
    }

    pub(super) fn catalogue(&self) -> Catalogue {
        Catalogue::new(self.elements.iter().map(|described| described.what.clone()).collect())
    }
}

/// Brings in the elements that ship with the program. What an administrator has changed stays; a description that an
/// older program shipped does not come back.
pub(super) async fn seed(
    db: &DatabaseConnection,
    shipped: &Catalogue,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut known: BTreeMap<String, Vec<Model>> = BTreeMap::new();
    let all =
        Entity::find().filter(Column::Kind.eq(Inventoried::Element.word())).order_by_asc(Column::Version);
    for row in all.all(db).await? {
        known.entry(row.key.clone()).or_default().push(row);
    }
    let mut rows = Vec::new();
    for element in shipped.iter() {
        let definition =
            serde_json::to_string(element).map_err(|_| StoreError::Corrupt("inventory_version"))?;
        let before = known.get(element.key.as_str()).map_or(&[][..], Vec::as_slice);
        let changed_here = before.iter().any(|row| row.changed_by.is_some());
        if changed_here || before.iter().any(|row| row.definition == definition) {
            continue;
        }
        rows.push(Model {
            kind: Inventoried::Element.word().to_owned(),
            key: element.key.0.clone(),
            version: before.last().map_or(0, |row| row.version) + 1,
            definition,
            changed_at: now.as_millis(),
            changed_by: None,
        });
    }
    match insert(db, rows).await {
        // Another process that starts at the same time was first, with the same.
        Err(StoreError::Collision) => Ok(()),
        other => other,
    }
}
