use super::sift::{Change, Run, fingerprint};
use crate::register::ss12000::Organisation;
use crate::store::entity::organisation::{Column, Entity, Model};
use crate::store::{Store, StoreError, rows};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::sync::Arc;
use uuid::Uuid;

impl Store {
    /// Writes organisations that are new or changed, in one transaction.
    ///
    /// # Errors
    /// When the database cannot be read or written; then none of them is.
    pub async fn take_organisations(
        &self,
        run: Uuid,
        records: Vec<Organisation>,
    ) -> Result<Vec<Change>, StoreError> {
        let records =
            records.into_iter().map(|record| (record.id, fingerprint(&format!("{record:?}")), record));
        let sifted = self.sift::<Entity, _>((Column::Id, Column::SourceHash), records.collect()).await?;
        if sifted.to_write.is_empty() {
            return Ok(sifted.changes);
        }
        let run = Run::of(self, run);
        let models: Vec<Model> =
            sifted.to_write.into_iter().map(|(_, hash, record)| model(record, hash, &run)).collect();
        let models = Arc::new(models);
        self.write(move |db| {
            let (models, run) = (models.clone(), run.clone());
            Box::pin(async move {
                let before =
                    Entity::find().filter(Column::Id.is_in(models.iter().map(|row| row.id))).all(db).await?;
                run.keep(db, "organisation", before.into_iter().map(|row| (row.id, row))).await?;
                let update = [
                    Column::Name,
                    Column::Kind,
                    Column::ParentId,
                    Column::UnitCode,
                    Column::SchoolForms,
                    Column::FromDay,
                    Column::ToDay,
                    Column::SourceHash,
                    Column::UpdatedAt,
                ];
                let rows = models.iter().cloned().map(IntoActiveModel::into_active_model).collect();
                rows::upsert::<Entity>(db, rows, &[Column::Id], &update).await?;
                run.begin_generation(db).await?;
                Ok(((), run.audit("import-organisations")))
            })
        })
        .await?;
        Ok(sifted.changes)
    }
}

fn model(record: Organisation, hash: Vec<u8>, run: &Run) -> Model {
    let forms: Vec<&str> = record.school_types.iter().map(|form| form.word()).collect();
    Model {
        id: record.id,
        name: record.display_name,
        kind: record.organisation_type.code().to_owned(),
        parent_id: record.parent_organisation.map(|parent| parent.id),
        unit_code: record.school_unit_code,
        school_forms: forms.join(" "),
        from_day: record.start_date.map(|day| day.to_string()),
        to_day: record.end_date.map(|day| day.to_string()),
        source_hash: hash,
        updated_at: run.now.as_millis(),
    }
}
