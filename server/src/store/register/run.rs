use crate::store::entity::{import_run, organisation, person, school_group};
use crate::store::{Store, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set};
use std::collections::HashSet;
use std::sync::Arc;
use uuid::Uuid;

/// The ids that records may point to.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// People, those to come in the same run among them.
    pub persons: HashSet<Uuid>,
    /// Organisations.
    pub organisations: HashSet<Uuid>,
    /// Groups.
    pub groups: HashSet<Uuid>,
}

impl Store {
    /// Notes that an import begins.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn begin_import(&self) -> Result<Uuid, StoreError> {
        let id = self.ids().next()?;
        let row = Arc::new(import_run::Model {
            id,
            started_at: self.clock().now().as_millis(),
            finished_at: None,
            counts: "{}".to_owned(),
        });
        self.write(move |db| {
            let row = row.clone();
            Box::pin(async move {
                import_run::Entity::insert(row.as_ref().clone().into_active_model())
                    .exec_without_returning(db)
                    .await?;
                Ok(((), Vec::new()))
            })
        })
        .await?;
        Ok(id)
    }

    /// Notes that an import has come to its end, with its counts as JSON.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn finish_import(&self, run: Uuid, counts: String) -> Result<(), StoreError> {
        let at = self.clock().now().as_millis();
        let counts = Arc::new(counts);
        self.write(move |db| {
            let counts = counts.clone();
            Box::pin(async move {
                let row = import_run::ActiveModel {
                    finished_at: Set(Some(at)),
                    counts: Set(counts.to_string()),
                    ..Default::default()
                };
                import_run::Entity::update_many()
                    .set(row)
                    .filter(import_run::Column::Id.eq(run))
                    .exec(db)
                    .await?;
                Ok(((), Vec::new()))
            })
        })
        .await
    }

    /// The ids in the register.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn register_ids(&self) -> Result<References, StoreError> {
        let persons: Vec<Uuid> = person::Entity::find()
            .select_only()
            .column(person::Column::Id)
            .into_tuple()
            .all(self.db())
            .await?;
        let organisations: Vec<Uuid> = organisation::Entity::find()
            .select_only()
            .column(organisation::Column::Id)
            .into_tuple()
            .all(self.db())
            .await?;
        let groups: Vec<Uuid> = school_group::Entity::find()
            .select_only()
            .column(school_group::Column::Id)
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(References {
            persons: persons.into_iter().collect(),
            organisations: organisations.into_iter().collect(),
            groups: groups.into_iter().collect(),
        })
    }
}
