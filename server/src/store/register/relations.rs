use super::sift::Run;
use crate::register::ss12000::Person;
use crate::store::Transaction;
use crate::store::entity::guardian_relation::{Column, Entity, Model};
use crate::store::{StoreError, rows, words};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Writes who is responsible for these people. Whoever is no longer named was responsible until yesterday.
pub(super) async fn write(db: &Transaction, records: &[&Person], run: &Run) -> Result<(), StoreError> {
    let mut sent: BTreeMap<(Uuid, Uuid, String), Model> = BTreeMap::new();
    for person in records {
        for responsible in &person.responsibles {
            let row = Model {
                child_id: person.id,
                adult_id: responsible.person.id,
                kind: responsible.relation_type.code().to_owned(),
                from_day: responsible.start_date.map(|day| day.to_string()),
                to_day: responsible.end_date.map(|day| day.to_string()),
            };
            sent.insert((row.child_id, row.adult_id, row.kind.clone()), row);
        }
    }
    let before =
        Entity::find().filter(Column::ChildId.is_in(records.iter().map(|person| person.id))).all(db).await?;
    let mut kept = Vec::new();
    for row in before {
        let key = (row.child_id, row.adult_id, row.kind.clone());
        match sent.get(&key) {
            Some(same) if *same == row => {
                sent.remove(&key);
            }
            Some(_) => kept.push((row.child_id, row)),
            None if words::not_ended(row.to_day.as_deref(), run.today) => {
                let ended = Model { to_day: Some(run.yesterday()), ..row.clone() };
                sent.insert(key, ended);
                kept.push((row.child_id, row));
            }
            None => {}
        }
    }
    run.keep(db, "guardian_relation", kept).await?;
    let rows = sent.into_values().map(IntoActiveModel::into_active_model).collect();
    let keys = [Column::ChildId, Column::AdultId, Column::Kind];
    Ok(rows::upsert::<Entity>(db, rows, &keys, &[Column::FromDay, Column::ToDay]).await?)
}
