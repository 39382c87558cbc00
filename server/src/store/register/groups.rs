use super::sift::{Change, Run, fingerprint};
use crate::register::ss12000::{Duty, Group};
use crate::store::Transaction;
use crate::store::entity::{duty, duty_assignment, group_membership, school_group};
use crate::store::{Store, StoreError, rows, words};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

type Part<T> = [(usize, Vec<u8>, T)];

impl Store {
    /// Writes groups that are new or changed, with their members, in one transaction.
    ///
    /// # Errors
    /// When the database cannot be read or written; then none of them is.
    pub async fn take_groups(&self, run: Uuid, records: Vec<Group>) -> Result<Vec<Change>, StoreError> {
        use school_group::Column::{Id, SourceHash};
        let records =
            records.into_iter().map(|record| (record.id, fingerprint(&format!("{record:?}")), record));
        let sifted = self.sift::<school_group::Entity, _>((Id, SourceHash), records.collect()).await?;
        if sifted.to_write.is_empty() {
            return Ok(sifted.changes);
        }
        let run = Run::of(self, run);
        let part = Arc::new(sifted.to_write);
        self.write(move |db| {
            let (part, run) = (part.clone(), run.clone());
            Box::pin(async move {
                write_groups(db, &part, &run).await?;
                write_members(db, &part, &run).await?;
                run.begin_generation(db).await?;
                Ok(((), run.audit("import-groups")))
            })
        })
        .await?;
        Ok(sifted.changes)
    }

    /// Writes duties that are new or changed, with their tasks for groups, in one transaction.
    ///
    /// # Errors
    /// When the database cannot be read or written; then none of them is.
    pub async fn take_duties(&self, run: Uuid, records: Vec<Duty>) -> Result<Vec<Change>, StoreError> {
        use duty::Column::{Id, SourceHash};
        let records =
            records.into_iter().map(|record| (record.id, fingerprint(&format!("{record:?}")), record));
        let sifted = self.sift::<duty::Entity, _>((Id, SourceHash), records.collect()).await?;
        if sifted.to_write.is_empty() {
            return Ok(sifted.changes);
        }
        let run = Run::of(self, run);
        let part = Arc::new(sifted.to_write);
        self.write(move |db| {
            let (part, run) = (part.clone(), run.clone());
            Box::pin(async move {
                write_duties(db, &part, &run).await?;
                write_assignments(db, &part).await?;
                run.begin_generation(db).await?;
                Ok(((), run.audit("import-duties")))
            })
        })
        .await?;
        Ok(sifted.changes)
    }
}

async fn write_groups(db: &Transaction, part: &Part<Group>, run: &Run) -> Result<(), StoreError> {
    use school_group::Column::{FromDay, Id, Kind, Name, SchoolForm, SourceHash, ToDay, UnitId, UpdatedAt};
    let ids = part.iter().map(|(_, _, sent)| sent.id);
    let before = school_group::Entity::find().filter(Id.is_in(ids)).all(db).await?;
    run.keep(db, "group", before.into_iter().map(|row| (row.id, row))).await?;
    let groups = part.iter().map(|(_, hash, sent)| {
        let row = school_group::Model {
            id: sent.id,
            unit_id: sent.organisation.id,
            name: sent.display_name.clone(),
            kind: sent.group_type.code().to_owned(),
            school_form: sent.school_type.map(|form| form.word().to_owned()),
            from_day: sent.start_date.map(|day| day.to_string()),
            to_day: sent.end_date.map(|day| day.to_string()),
            source_hash: hash.clone(),
            updated_at: run.now.as_millis(),
        };
        row.into_active_model()
    });
    let update = [UnitId, Name, Kind, SchoolForm, FromDay, ToDay, SourceHash, UpdatedAt];
    Ok(rows::upsert::<school_group::Entity>(db, groups.collect(), &[Id], &update).await?)
}

/// Whoever is no longer named as a member was one until yesterday. Members that come with a placement are named there.
async fn write_members(db: &Transaction, part: &Part<Group>, run: &Run) -> Result<(), StoreError> {
    use group_membership::Column::{FromDay, GroupId, PersonId, ToDay};
    use group_membership::Model;
    let mut sent: BTreeMap<(Uuid, Uuid), Model> = BTreeMap::new();
    for (_, _, group) in part {
        for member in &group.group_memberships {
            let row = Model {
                group_id: group.id,
                person_id: member.person.id,
                from_day: member.start_date.map(|day| day.to_string()),
                to_day: member.end_date.map(|day| day.to_string()),
            };
            sent.insert((row.group_id, row.person_id), row);
        }
    }
    let with_members = part.iter().filter(|(_, _, group)| !group.group_memberships.is_empty());
    let before = group_membership::Entity::find()
        .filter(GroupId.is_in(with_members.map(|(_, _, group)| group.id)))
        .all(db)
        .await?;
    for row in before {
        let key = (row.group_id, row.person_id);
        match sent.get(&key) {
            Some(same) if *same == row => drop(sent.remove(&key)),
            None if words::not_ended(row.to_day.as_deref(), run.today) => {
                sent.insert(key, Model { to_day: Some(run.yesterday()), ..row });
            }
            _ => {}
        }
    }
    let rows = sent.into_values().map(IntoActiveModel::into_active_model).collect();
    Ok(rows::upsert::<group_membership::Entity>(db, rows, &[GroupId, PersonId], &[FromDay, ToDay]).await?)
}

async fn write_duties(db: &Transaction, part: &Part<Duty>, run: &Run) -> Result<(), StoreError> {
    use duty::Column::{FromDay, Id, PersonId, RoleWord, SourceHash, ToDay, UnitId, UpdatedAt};
    let before =
        duty::Entity::find().filter(Id.is_in(part.iter().map(|(_, _, sent)| sent.id))).all(db).await?;
    run.keep(db, "duty", before.into_iter().map(|row| (row.id, row))).await?;
    let duties = part.iter().map(|(_, hash, sent)| {
        let row = duty::Model {
            id: sent.id,
            person_id: sent.person.id,
            unit_id: sent.duty_at.id,
            role_word: sent.duty_role.clone(),
            from_day: sent.start_date.map(|day| day.to_string()),
            to_day: sent.end_date.map(|day| day.to_string()),
            source_hash: hash.clone(),
            updated_at: run.now.as_millis(),
        };
        row.into_active_model()
    });
    let update = [PersonId, UnitId, RoleWord, FromDay, ToDay, SourceHash, UpdatedAt];
    Ok(rows::upsert::<duty::Entity>(db, duties.collect(), &[Id], &update).await?)
}

/// The duty's own row is kept in history; its assignments are what the newest record says.
async fn write_assignments(db: &Transaction, part: &Part<Duty>) -> Result<(), StoreError> {
    use duty_assignment::Column::{DutyId, FromDay, GroupId, Kind, ToDay};
    let ids = part.iter().map(|(_, _, sent)| sent.id);
    duty_assignment::Entity::delete_many().filter(DutyId.is_in(ids)).exec(db).await?;
    let mut assignments = BTreeMap::new();
    for (_, _, sent) in part {
        for each in &sent.assignment_role {
            let row = duty_assignment::Model {
                duty_id: sent.id,
                group_id: each.group.id,
                kind: each.assignment_role_type.clone(),
                from_day: each.start_date.map(|day| day.to_string()),
                to_day: each.end_date.map(|day| day.to_string()),
            };
            let key = (row.duty_id, row.group_id, row.kind.clone());
            assignments.insert(key, row.into_active_model());
        }
    }
    let rows = assignments.into_values().collect();
    Ok(rows::upsert::<duty_assignment::Entity>(db, rows, &[DutyId, GroupId, Kind], &[FromDay, ToDay]).await?)
}
