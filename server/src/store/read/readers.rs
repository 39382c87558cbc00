use super::person::{PersonRecord, persons};
use crate::policy::{ActionKind, Grant, ReadOwnSubmissions, ReadReaders, Withhold};
use crate::store::archive::ARCHIVED;
use crate::store::entity::audit;
use crate::store::refusals::REFUSED;
use crate::store::rows::distinct;
use crate::store::{Store, StoreError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use skolstart_shared::Timestamp;
use skolstart_shared::id::PersonId;
use std::collections::HashMap;

/// Something that somebody looked at or did about a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadLine {
    /// When.
    pub at: Timestamp,
    /// Who. `None`: whoever runs the program.
    pub actor: Option<PersonId>,
    /// What, as in the audit trail: `read-child`.
    pub action: String,
    /// In what capacity, as in the audit trail: `staff`.
    pub purpose: String,
    /// True for what was refused: nothing was seen.
    pub refused: bool,
}

/// The most that is read for one page: some years of a child with much to do with the school.
const MOST: u64 = 20_000;

impl Store {
    /// What others than guardians and the pupil herself have looked at or done about the child of the grant, newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn readers(&self, grant: &Grant<ReadOwnSubmissions>) -> Result<Vec<ReadLine>, StoreError> {
        let mut lines = self.lines_about(grant.child()).await?;
        // What is kept from a guardian, and that it is, no guardian reads here.
        let withhold = <Withhold as ActionKind>::NAME;
        lines.retain(|line| {
            !line.refused
                && !["guardian", "pupil", "own"].contains(&line.purpose.as_str())
                && line.action != withhold
        });
        Ok(lines)
    }

    /// What anybody has, with who they are.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn readers_by_name(
        &self,
        grant: &Grant<ReadReaders>,
    ) -> Result<(Vec<ReadLine>, HashMap<PersonId, PersonRecord>), StoreError> {
        let lines = self.lines_about(grant.child()).await?;
        let people =
            persons(self, &distinct(lines.iter().filter_map(|line| line.actor).map(|actor| actor.0))).await?;
        Ok((lines, people))
    }

    async fn lines_about(&self, child: Option<PersonId>) -> Result<Vec<ReadLine>, StoreError> {
        let Some(child) = child else { return Ok(Vec::new()) };
        // An import and an erasure show the child to nobody; an archive does.
        let seen =
            Condition::any().add(audit::Column::Actor.is_not_null()).add(audit::Column::Action.eq(ARCHIVED));
        // By the index of object and time.
        let rows = audit::Entity::find()
            .filter(audit::Column::ObjectId.eq(child.0))
            .filter(seen)
            .order_by_desc(audit::Column::At)
            .limit(MOST)
            .all(self.db())
            .await?;
        let line = |row: audit::Model| {
            let (action, purpose, refused) = (row.action, row.purpose, row.outcome == REFUSED);
            let at = Timestamp::from_millis(row.at);
            ReadLine { at, actor: row.actor.map(PersonId), action, purpose, refused }
        };
        Ok(rows.into_iter().map(line).collect())
    }
}
