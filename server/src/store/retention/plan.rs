//! What is to be erased of some rows, and the erasing of it.

use super::super::entity::{
    account, act_answer, application, application_event, bulk_alarm, child_alias, consent_decision,
    consent_evidence, enrolment, fact, fact_snapshot, file, group_membership, guardian_relation, list_export,
    mandate, own_draft, passkey, person, person_identifier, protection_event, register_history,
    retention_hold, retention_look, school_code, session, submission, substitute, task, task_change, todo,
    todo_mark, withholding,
};
use super::super::files::delete as delete_files;
use super::super::rows::MOST_IDS;
use super::super::submit::source_word;
use super::super::{Sealer, StoreError, Transaction, known, rows, sent};
use super::Counts;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Value};
use skolstart_shared::Date;
use skolstart_shared::fact::ElementKey;
use skolstart_shared::id::{PersonId, RoundId};
use skolstart_shared::submission::SubmissionContent;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// Which entry of a snapshot: element, source and who gave it.
pub(super) type EntryOf = (String, String, Option<Uuid>);
/// Which answer: subject, round, form, act, signer.
pub(super) type AnswerOf = (Uuid, Uuid, String, String, Uuid);

/// What is to be erased of some rows.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) facts: Vec<Uuid>,
    pub(super) entries: BTreeMap<Uuid, Vec<EntryOf>>,
    pub(super) decisions: Vec<i64>,
    pub(super) evidence: Vec<Uuid>,
    pub(super) answers: Vec<AnswerOf>,
    pub(super) applications: Vec<Uuid>,
    pub(super) todos: Vec<Uuid>,
    pub(super) changes: Vec<Uuid>,
    pub(super) histories: Vec<Uuid>,
    /// Submissions with what is left of them. `None`: nothing.
    pub(super) sent: Vec<(Uuid, Option<SubmissionContent>)>,
    pub(super) looks: Vec<(Uuid, Date)>,
    pub(super) files: Vec<file::Model>,
    /// Files whose answer goes while the element that they belong to stays.
    pub(super) loose: Vec<Uuid>,
    pub(super) tasks: Option<(RoundId, Vec<Uuid>)>,
    pub(super) people: Vec<Uuid>,
    pub(super) lists: Vec<Uuid>,
    pub(super) alarms: Vec<Uuid>,
    pub(super) mandates: Vec<Uuid>,
    pub(super) substitutes: Vec<Uuid>,
    /// By class.
    pub(super) counts: Counts,
    /// By class, what would go if it were not held.
    pub(super) held: Counts,
    /// Those about whom something stays.
    pub(super) kept: HashSet<Uuid>,
    /// Elements of which nothing is left of a person.
    pub(super) emptied: Vec<(Uuid, String)>,
}

impl Plan {
    pub(super) fn is_empty(&self) -> bool {
        self.counts.0.is_empty() && self.looks.is_empty() && self.answers.is_empty() && self.loose.is_empty()
    }

    /// Erases it. What has gone already is no fault.
    pub(super) async fn erase(
        &self,
        db: &Transaction,
        sealer: &Sealer,
        register: Uuid,
    ) -> Result<(), StoreError> {
        self.erase_history(db).await?;
        self.erase_answers(db).await?;
        for (subject, entries) in &self.entries {
            thin_snapshot(db, sealer, *subject, entries).await?;
        }
        for (id, left) in &self.sent {
            thin_submission(db, sealer, *id, left.as_ref()).await?;
        }
        delete_files(db, &self.files).await?;
        if !self.loose.is_empty() {
            file::Entity::update_many()
                .col_expr(file::Column::FormKey, Expr::value(Value::String(None)))
                .col_expr(file::Column::ActKey, Expr::value(Value::String(None)))
                .filter(file::Column::Id.is_in(self.loose.iter().copied()))
                .exec(db)
                .await?;
        }
        self.remember_looks(db).await?;
        if let Some((round, children)) = &self.tasks {
            task::Entity::delete_many()
                .filter(task::Column::RoundId.eq(round.0))
                .filter(task::Column::ChildId.is_in(children.iter().copied()))
                .exec(db)
                .await?;
        }
        if !self.people.is_empty() {
            erase_people(db, &self.people).await?;
            super::super::shredding::intend(db, &self.people).await?;
            super::super::generation::advance(db, super::super::generation::Of::Register, register).await?;
        }
        Ok(())
    }

    async fn erase_history(&self, db: &Transaction) -> Result<(), StoreError> {
        delete::<fact::Entity>(db, fact::Column::Id, &self.facts).await?;
        delete::<consent_evidence::Entity>(db, consent_evidence::Column::Id, &self.evidence).await?;
        delete::<application_event::Entity>(db, application_event::Column::ApplicationId, &self.applications)
            .await?;
        delete::<application::Entity>(db, application::Column::Id, &self.applications).await?;
        delete::<todo_mark::Entity>(db, todo_mark::Column::TodoId, &self.todos).await?;
        delete::<todo::Entity>(db, todo::Column::Id, &self.todos).await?;
        delete::<task_change::Entity>(db, task_change::Column::Id, &self.changes).await?;
        delete::<register_history::Entity>(db, register_history::Column::Id, &self.histories).await?;
        delete::<list_export::Entity>(db, list_export::Column::Id, &self.lists).await?;
        delete::<bulk_alarm::Entity>(db, bulk_alarm::Column::Id, &self.alarms).await?;
        delete::<mandate::Entity>(db, mandate::Column::Id, &self.mandates).await?;
        delete::<substitute::Entity>(db, substitute::Column::Id, &self.substitutes).await?;
        for part in self.decisions.chunks(MOST_IDS) {
            let those = consent_decision::Column::Seq.is_in(part.iter().copied());
            consent_decision::Entity::delete_many().filter(those).exec(db).await?;
        }
        Ok(())
    }

    async fn erase_answers(&self, db: &Transaction) -> Result<(), StoreError> {
        for (subject, round, form, act, signer) in &self.answers {
            let key = (*subject, *round, form.clone(), act.clone(), *signer);
            act_answer::Entity::delete_by_id(key).exec(db).await?;
        }
        Ok(())
    }

    async fn remember_looks(&self, db: &Transaction) -> Result<(), StoreError> {
        use retention_look::Column::{Day, ObjectId};
        let rows = self.looks.iter().map(|(id, day)| {
            retention_look::Model { object_id: *id, day: day.to_string() }.into_active_model()
        });
        Ok(rows::upsert::<retention_look::Entity>(db, rows.collect(), &[ObjectId], &[Day]).await?)
    }
}

async fn delete<E: EntityTrait>(db: &Transaction, column: E::Column, ids: &[Uuid]) -> Result<(), StoreError> {
    for part in ids.chunks(MOST_IDS) {
        E::delete_many().filter(column.is_in(part.iter().copied())).exec(db).await?;
    }
    Ok(())
}

/// Takes entries out of what is known about somebody, if anything is. The version moves on, so that nobody writes upon what is gone.
pub(in crate::store) async fn thin_snapshot(
    db: &Transaction,
    sealer: &Sealer,
    subject: Uuid,
    gone: &[EntryOf],
) -> Result<(), StoreError> {
    let row = fact_snapshot::Entity::find_by_id(subject).lock_exclusive().one(db).await?;
    let Some(row) = row else { return Ok(()) };
    let mut snapshot =
        known::snapshots(db, sealer, &[subject]).await?.remove(&PersonId(subject)).unwrap_or_default();
    for (element, source, by) in gone {
        let key = ElementKey(element.clone());
        let Some(entries) = snapshot.entries.get(&key).cloned() else { continue };
        let stays = |entry: &skolstart_shared::fact::Entry| {
            source_word(entry.source) != source.as_str() || entry.by.map(|by| by.0) != *by
        };
        let left: Vec<_> = entries.into_iter().filter(stays).collect();
        if left.is_empty() {
            snapshot.entries.remove(&key);
        } else {
            snapshot.entries.insert(key, left);
        }
    }
    snapshot.version += 1;
    let plain = serde_json::to_vec(&snapshot).map_err(|_| StoreError::Corrupt("fact_snapshot"))?;
    let sealed = sealer.seal_for(row.subject_id, "fact_snapshot", "sealed", row.subject_id, &plain)?;
    fact_snapshot::Entity::update_many()
        .col_expr(fact_snapshot::Column::Version, Expr::value(row.version + 1))
        .col_expr(fact_snapshot::Column::Sealed, Expr::value(sealed))
        .filter(fact_snapshot::Column::SubjectId.eq(subject))
        .exec(db)
        .await?;
    Ok(())
}

/// Leaves of a submission what is not yet over. The receipt and the hash of what was sent stay as they were given.
async fn thin_submission(
    db: &Transaction,
    sealer: &Sealer,
    id: Uuid,
    left: Option<&SubmissionContent>,
) -> Result<(), StoreError> {
    let Some(left) = left else {
        delete::<submission::Entity>(db, submission::Column::Id, &[id]).await?;
        return delete::<retention_look::Entity>(db, retention_look::Column::ObjectId, &[id]).await;
    };
    let Some(row) = submission::Entity::find_by_id(id).one(db).await? else { return Ok(()) };
    sent::replace(db, sealer, &row, left).await
}

/// Erases people of whom nothing else is left, with what ties them to others.
async fn erase_people(db: &Transaction, people: &[Uuid]) -> Result<(), StoreError> {
    delete::<own_draft::Entity>(db, own_draft::Column::Id, people).await?;
    delete::<session::Entity>(db, session::Column::PersonId, people).await?;
    delete::<account::Entity>(db, account::Column::PersonId, people).await?;
    delete::<passkey::Entity>(db, passkey::Column::PersonId, people).await?;
    delete::<mandate::Entity>(db, mandate::Column::PersonId, people).await?;
    delete::<substitute::Entity>(db, substitute::Column::PersonId, people).await?;
    delete::<group_membership::Entity>(db, group_membership::Column::PersonId, people).await?;
    delete::<enrolment::Entity>(db, enrolment::Column::ChildId, people).await?;
    delete::<person_identifier::Entity>(db, person_identifier::Column::PersonId, people).await?;
    delete::<fact_snapshot::Entity>(db, fact_snapshot::Column::SubjectId, people).await?;
    delete::<register_history::Entity>(db, register_history::Column::ObjectId, people).await?;
    delete::<child_alias::Entity>(db, child_alias::Column::ChildId, people).await?;
    delete::<protection_event::Entity>(db, protection_event::Column::ChildId, people).await?;
    delete::<protection_event::Entity>(db, protection_event::Column::PersonId, people).await?;
    delete::<withholding::Entity>(db, withholding::Column::ChildId, people).await?;
    delete::<withholding::Entity>(db, withholding::Column::GuardianId, people).await?;
    delete::<retention_hold::Entity>(db, retention_hold::Column::ObjectId, people).await?;
    delete::<school_code::Entity>(db, school_code::Column::ChildId, people).await?;
    delete::<school_code::Entity>(db, school_code::Column::GuardianId, people).await?;
    use guardian_relation::Column::{AdultId, ChildId};
    let theirs = || people.iter().copied();
    let related = Condition::any().add(AdultId.is_in(theirs())).add(ChildId.is_in(theirs()));
    guardian_relation::Entity::delete_many().filter(related).exec(db).await?;
    delete::<person::Entity>(db, person::Column::Id, people).await
}
