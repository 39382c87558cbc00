use super::sift::Run;
use crate::register::ss12000::Person;
use crate::store::Transaction;
use crate::store::entity::guardian_relation::{Column, Entity, Model};
use crate::store::entity::person;
use crate::store::rights::LEFT;
use crate::store::{StoreError, rows, words};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// Writes who is responsible for these people. Whoever is no longer named was responsible until yesterday.
pub(super) async fn write(db: &Transaction, records: &[&Person], run: &Run) -> Result<(), StoreError> {
    let mut sent: BTreeMap<(Uuid, Uuid, String), Model> = BTreeMap::new();
    let left = left_among(db, records).await?;
    for person in records.iter().filter(|person| !person.has_died()) {
        for responsible in person.responsibles.iter().filter(|adult| !left.contains(&adult.person.id)) {
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

/// Those of the adults who have left the register: nobody waits for their answers.
async fn left_among(db: &Transaction, records: &[&Person]) -> Result<HashSet<Uuid>, StoreError> {
    use person::Column::{Id, Status};
    let adults = records.iter().flat_map(|person| person.responsibles.iter().map(|adult| adult.person.id));
    let left = person::Entity::find().filter(Id.is_in(adults)).filter(Status.eq(LEFT));
    let ids: Vec<Uuid> = left.select_only().column(Id).into_tuple().all(db).await?;
    Ok(ids.into_iter().collect())
}

/// Ends what ties these people to children, or to those who decide for them.
pub(super) async fn end_of(db: &Transaction, people: &[Uuid], run: &Run) -> Result<(), StoreError> {
    if people.is_empty() {
        return Ok(());
    }
    let theirs = || people.iter().copied();
    let either = Condition::any().add(Column::ChildId.is_in(theirs())).add(Column::AdultId.is_in(theirs()));
    let mut standing = Entity::find().filter(either).all(db).await?;
    standing.retain(|row| words::not_ended(row.to_day.as_deref(), run.today));
    run.sealer.make_keys(&rows::distinct(standing.iter().map(|row| row.child_id)))?;
    run.keep(db, "guardian_relation", standing.iter().map(|row| (row.child_id, row.clone()))).await?;
    let ended = standing
        .into_iter()
        .map(|row| Model { to_day: Some(run.yesterday()), ..row }.into_active_model())
        .collect();
    let keys = [Column::ChildId, Column::AdultId, Column::Kind];
    Ok(rows::upsert::<Entity>(db, ended, &keys, &[Column::ToDay]).await?)
}

/// These people are back: the records of those whom they are tied to are written anew when they come next.
pub(super) async fn back(db: &Transaction, people: &[Uuid], written: &[Uuid]) -> Result<(), StoreError> {
    if people.is_empty() {
        return Ok(());
    }
    let theirs = Entity::find().filter(Column::AdultId.is_in(people.iter().copied())).all(db).await?;
    let children = theirs.iter().map(|row| row.child_id).filter(|child| !written.contains(child));
    person::Entity::update_many()
        .set(person::ActiveModel { source_hash: sea_orm::Set(Vec::new()), ..Default::default() })
        .filter(person::Column::Id.is_in(rows::distinct(children)))
        .exec(db)
        .await?;
    Ok(())
}
