use super::sift::{Change, Run, fingerprint};
use crate::register::ss12000::{Person, Placement};
use crate::store::Transaction;
use crate::store::entity::{enrolment, group_membership};
use crate::store::{Store, StoreError, rows, words};
use enrolment::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::{Builder, Uuid};

pub(super) const ENROLMENT: &str = "enrolment";
pub(super) const PLACEMENT: &str = "placement";

/// Writes where these pupils go to school. An enrolment that is no longer sent ended yesterday.
pub(super) async fn write_enrolments(
    db: &Transaction,
    records: &[&Person],
    run: &Run,
) -> Result<(), StoreError> {
    let mut sent: BTreeMap<Uuid, Model> = BTreeMap::new();
    // Whoever has died goes nowhere any more, whatever else the record says.
    for person in records.iter().filter(|person| !person.has_died()) {
        for each in person.enrolments.iter().filter(|each| !each.cancelled) {
            let id = enrolment_id(person.id, each.enroled_at.id, each.school_type.word(), each.start_date);
            let row = Model {
                id,
                child_id: person.id,
                unit_id: each.enroled_at.id,
                school_form: each.school_type.word().to_owned(),
                grade: each.school_year.map(i32::from),
                from_day: each.start_date.map(|day| day.to_string()),
                to_day: each.end_date.map(|day| day.to_string()),
                kind: ENROLMENT.to_owned(),
                source_hash: fingerprint(&format!("{each:?}")),
            };
            sent.insert(id, row);
        }
    }
    let before = Entity::find()
        .filter(Column::ChildId.is_in(records.iter().map(|person| person.id)))
        .filter(Column::Kind.eq(ENROLMENT))
        .all(db)
        .await?;
    let mut kept = Vec::new();
    for row in before {
        match sent.get(&row.id) {
            Some(same) if *same == row => {
                sent.remove(&row.id);
            }
            Some(_) => kept.push((row.id, row)),
            None if words::not_ended(row.to_day.as_deref(), run.today) => {
                sent.insert(row.id, Model { to_day: Some(run.yesterday()), ..row.clone() });
                kept.push((row.id, row));
            }
            None => {}
        }
    }
    run.keep(db, ENROLMENT, kept).await?;
    upsert(db, sent.into_values()).await
}

/// SS 12000 gives an enrolment no id of its own: it is the same one as long as child, unit, school form and first day are.
fn enrolment_id(child: Uuid, unit: Uuid, form: &str, from: Option<skolstart_shared::Date>) -> Uuid {
    let from = from.map(|day| day.to_string()).unwrap_or_default();
    let digest = Sha256::digest(format!("{child}|{unit}|{form}|{from}").as_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest.iter()).for_each(|(byte, hashed)| *byte = *hashed);
    Builder::from_custom_bytes(bytes).into_uuid()
}

impl Store {
    /// Writes places in preschool and educare that are new or changed, in one transaction.
    ///
    /// # Errors
    /// When the database cannot be read or written; then none of them is.
    pub async fn take_placements(
        &self,
        run: Uuid,
        records: Vec<Placement>,
    ) -> Result<Vec<Change>, StoreError> {
        let records =
            records.into_iter().map(|record| (record.id, fingerprint(&format!("{record:?}")), record));
        let sifted = self.sift::<Entity, _>((Column::Id, Column::SourceHash), records.collect()).await?;
        if sifted.to_write.is_empty() {
            return Ok(sifted.changes);
        }
        let run = Run::of(self, run);
        let part = Arc::new(sifted.to_write);
        self.write(move |db| {
            let (part, run) = (part.clone(), run.clone());
            Box::pin(async move {
                write_placements(db, &part, &run).await?;
                run.begin_generation(db).await?;
                Ok(((), run.audit("import-placements")))
            })
        })
        .await?;
        Ok(sifted.changes)
    }
}

async fn write_placements(
    db: &Transaction,
    part: &[(usize, Vec<u8>, Placement)],
    run: &Run,
) -> Result<(), StoreError> {
    let before =
        Entity::find().filter(Column::Id.is_in(part.iter().map(|(_, _, sent)| sent.id))).all(db).await?;
    run.keep(db, PLACEMENT, before.into_iter().map(|row| (row.id, row))).await?;
    let places = part.iter().map(|(_, hash, sent)| Model {
        id: sent.id,
        child_id: sent.child.id,
        unit_id: sent.placed_at.id,
        school_form: sent.school_type.word().to_owned(),
        grade: None,
        from_day: Some(sent.start_date.to_string()),
        to_day: sent.end_date.map(|day| day.to_string()),
        kind: PLACEMENT.to_owned(),
        source_hash: hash.clone(),
    });
    upsert(db, places).await?;
    let mut members = BTreeMap::new();
    for (_, _, sent) in part {
        let Some(group) = sent.group else { continue };
        let row = group_membership::Model {
            group_id: group.id,
            person_id: sent.child.id,
            from_day: Some(sent.start_date.to_string()),
            to_day: sent.end_date.map(|day| day.to_string()),
        };
        members.insert((group.id, sent.child.id), row.into_active_model());
    }
    use group_membership::Column::{FromDay, GroupId, PersonId, ToDay};
    let members = members.into_values().collect();
    Ok(rows::upsert::<group_membership::Entity>(db, members, &[GroupId, PersonId], &[FromDay, ToDay]).await?)
}

async fn upsert(db: &Transaction, places: impl Iterator<Item = Model>) -> Result<(), StoreError> {
    let update = [
        Column::ChildId,
        Column::UnitId,
        Column::SchoolForm,
        Column::Grade,
        Column::FromDay,
        Column::ToDay,
        Column::Kind,
        Column::SourceHash,
    ];
    let rows = places.map(IntoActiveModel::into_active_model).collect();
    Ok(rows::upsert::<Entity>(db, rows, &[Column::Id], &update).await?)
}
