//! Publishing forms and rounds. Called by `usecase::publish`. What is published never changes.

use super::entity::{form_version, round};
use super::generation::{Of, advance};
use super::inventory::{bring, brought};
use super::{AuditEntry, Store, StoreError};
use crate::store::Transaction;
use sea_orm::{EntityTrait, IntoActiveModel};
use sha2::{Digest, Sha256};
use skolstart_shared::Timestamp;
use skolstart_shared::form::FormDefinition;
use skolstart_shared::round::Round;
use std::sync::Arc;

/// What publishing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publication {
    /// It is published now.
    New,
    /// It was published before with the same content.
    Same,
    /// It was published before with another content, which stands.
    Other,
}

impl Store {
    /// Publishes a form in one version, with the elements that it brings.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn publish_form(&self, form: &FormDefinition) -> Result<Publication, StoreError> {
        let now = self.clock().now();
        let job = Arc::new((row_of(form, now)?, brought(form, None, now)?));
        let generation = self.ids().next()?;
        let done = self
            .write(move |db| {
                let job = job.clone();
                Box::pin(async move {
                    let (row, elements) = &*job;
                    let done = insert_form(db, row).await?;
                    if done == Publication::New && bring(db, elements).await? > 0 {
                        advance(db, Of::Inventory, generation).await?;
                    }
                    Ok((done, vec![operator("publish-form")]))
                })
            })
            .await?;
        self.reload_published().await?;
        Ok(done)
    }

    /// Publishes a round.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn publish_round(&self, definition: &Round) -> Result<Publication, StoreError> {
        let row = Arc::new(round_row(definition)?);
        let done = self
            .write(move |db| {
                let row = row.clone();
                Box::pin(async move { Ok((insert_round(db, &row).await?, vec![operator("publish-round")])) })
            })
            .await?;
        self.reload_published().await?;
        Ok(done)
    }
}

/// The row of a form in one version.
pub(super) fn row_of(form: &FormDefinition, now: Timestamp) -> Result<form_version::Model, StoreError> {
    let definition = serde_json::to_string(form).map_err(|_| StoreError::Corrupt("form_version"))?;
    Ok(form_version::Model {
        key: form.key.0.clone(),
        version: i32::try_from(form.version).map_err(|_| StoreError::Corrupt("form_version"))?,
        hash: Sha256::digest(definition.as_bytes()).to_vec(),
        definition,
        published_at: now.as_millis(),
    })
}

/// The row of a round.
pub(super) fn round_row(definition: &Round) -> Result<round::Model, StoreError> {
    Ok(round::Model {
        id: definition.id.0,
        definition: serde_json::to_string(definition).map_err(|_| StoreError::Corrupt("round"))?,
        opens: definition.opens.to_string(),
        closes: definition.closes.to_string(),
    })
}

pub(super) async fn insert_form(
    db: &Transaction,
    row: &form_version::Model,
) -> Result<Publication, StoreError> {
    let earlier = form_version::Entity::find_by_id((row.key.clone(), row.version)).one(db).await?;
    Ok(match earlier {
        Some(earlier) if earlier.hash == row.hash => Publication::Same,
        Some(_) => Publication::Other,
        None => {
            form_version::Entity::insert(row.clone().into_active_model()).exec_without_returning(db).await?;
            Publication::New
        }
    })
}

pub(super) async fn insert_round(db: &Transaction, row: &round::Model) -> Result<Publication, StoreError> {
    Ok(match round::Entity::find_by_id(row.id).one(db).await? {
        Some(earlier) if earlier.definition == row.definition => Publication::Same,
        Some(_) => Publication::Other,
        None => {
            round::Entity::insert(row.clone().into_active_model()).exec_without_returning(db).await?;
            Publication::New
        }
    })
}

fn operator(action: &'static str) -> AuditEntry {
    AuditEntry {
        acting_for: None,
        actor: None,
        action,
        object_kind: "published",
        object_id: None,
        purpose: "operator",
        outcome: "done",
        request_id: String::new(),
    }
}
