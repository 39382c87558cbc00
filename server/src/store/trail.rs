//! Who has seen and changed how much, in sums: for whoever reviews it. Called by `usecase::trail`. No name or id of whom a line is
//! about leaves here.

use super::guardians::is_protected;
use super::read::persons_of;
use super::rows::distinct;
use super::{PersonRecord, Store, StoreError};
use crate::policy::{Grant, ReadTrail};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use skolstart_shared::Timestamp;
use skolstart_shared::id::PersonId;
use std::collections::HashMap;
use uuid::Uuid;

/// What one person did, of one kind.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct TrailSum {
    /// Who. `None`: an operator, the program, or any guardian or pupil.
    pub actor: Option<Uuid>,
    /// In what capacity, as in the audit trail.
    pub purpose: String,
    /// What, as in the audit trail.
    pub action: String,
    /// `refused`, or `done`.
    pub outcome: String,
    /// How many times.
    pub times: i64,
    /// About how many people.
    pub people: i64,
    /// The first time.
    pub first: i64,
    /// The last.
    pub last: i64,
}

/// What a question to the trail finds.
pub struct TrailFile {
    /// Lines of the trail.
    pub lines: i64,
    /// People that they are about.
    pub people: i64,
    /// Lines about something that was refused.
    pub refused: i64,
    /// The sums, the most first.
    pub sums: Vec<TrailSum>,
    /// Those who did it.
    pub actors: HashMap<PersonId, PersonRecord>,
}

/// What guardians and pupils do is one sum: who they are is no matter of the review of staff.
const SUMS: &str = "SELECT CASE WHEN a.purpose IN ('guardian', 'pupil', 'own') THEN NULL ELSE a.actor END AS actor, \
    a.purpose AS purpose, a.action AS action, \
    CASE WHEN a.outcome = 'refused' THEN 'refused' ELSE 'done' END AS outcome, \
    COUNT(*) AS times, COUNT(DISTINCT p.id) AS people, MIN(a.at) AS first, MAX(a.at) AS last \
    FROM audit a LEFT JOIN person p ON p.id = a.object_id WHERE a.at >= $1 AND a.at < $2";
const ALL: &str = "SELECT COUNT(*), COUNT(DISTINCT p.id), COUNT(CASE WHEN a.outcome = 'refused' THEN 1 END) \
    FROM audit a LEFT JOIN person p ON p.id = a.object_id WHERE a.at >= $1 AND a.at < $2";

impl Store {
    /// True for somebody with protected identity, or somebody who leads to one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_protected_person(&self, person: PersonId) -> Result<bool, StoreError> {
        is_protected(self.db(), &[person.0]).await
    }

    /// What was done from one time until another, to one person or to anybody. `most`: sums that are given.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn trail(
        &self,
        _grant: &Grant<ReadTrail>,
        (from, until): (Timestamp, Timestamp),
        about: Option<PersonId>,
        most: usize,
    ) -> Result<TrailFile, StoreError> {
        let db = self.db();
        let mut values: Vec<Value> = vec![from.as_millis().into(), until.as_millis().into()];
        let mut only = "";
        if let Some(about) = about {
            values.push(about.0.into());
            only = " AND a.object_id = $3";
        }
        let statement =
            |sql: String| Statement::from_sql_and_values(db.get_database_backend(), sql, values.clone());
        let sums = format!("{SUMS}{only} GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 2, 3, 8 DESC LIMIT {most}");
        let sums = TrailSum::find_by_statement(statement(sums)).all(db).await?;
        let (mut lines, mut people, mut refused) = (0, 0, 0);
        if let Some(row) = db.query_one_raw(statement(format!("{ALL}{only}"))).await? {
            (lines, people, refused) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        }
        let actors = persons_of(self, &distinct(sums.iter().filter_map(|sum| sum.actor))).await?;
        Ok(TrailFile { lines, people, refused, sums, actors })
    }
}
