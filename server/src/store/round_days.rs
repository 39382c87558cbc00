//! The last day of a round, which moves: later, earlier, or from today on again.
//!
//! Called by the use cases of rounds. Each move is one more way that the round stood, beside those of its forms: nothing is written
//! over, and who moved it stands there. Must not decide which day is one.

use super::entity::{round, round_version};
use super::figures::renew_all;
use super::generation::{Of, advance};
use super::read::persons_of;
use super::rounds::{insert_version, standing};
use super::{Moving, Store, StoreError, rows};
use crate::policy::{Grant, ReadForms, RunRounds};
use sea_orm::{EntityTrait, QueryOrder};
use skolstart_shared::api::RoundDayMoved;
use skolstart_shared::id::{PersonId, RoundId};
use skolstart_shared::round::Round;
use skolstart_shared::{Date, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

/// What has been changed about a round since it was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundChanges {
    /// How often.
    pub version: u32,
    /// Its last day, as it stands.
    pub closes: Date,
    /// The last time that its last day was moved.
    pub moved: Option<RoundDayMoved>,
}

impl Store {
    /// What has been changed about each round.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn round_changes(
        &self,
        _grant: &Grant<ReadForms>,
    ) -> Result<HashMap<RoundId, RoundChanges>, StoreError> {
        let mut versions: HashMap<Uuid, Vec<round_version::Model>> = HashMap::new();
        let query = round_version::Entity::find().order_by_asc(round_version::Column::Version);
        for row in query.all(self.db()).await? {
            versions.entry(row.round_id).or_default().push(row);
        }
        let mut found = Vec::new();
        for begun in round::Entity::find().all(self.db()).await? {
            let changes = versions.remove(&begun.id).unwrap_or_default();
            found.push((RoundId(begun.id), follow(&begun.definition, &changes)?));
        }
        let movers = found.iter().filter_map(|(_, (_, mover))| *mover);
        let people = persons_of(self, &rows::distinct(movers.map(|mover| mover.0))).await?;
        let named = |(id, (mut changes, mover)): (RoundId, (RoundChanges, Option<PersonId>))| {
            if let (Some(moved), Some(person)) = (&mut changes.moved, mover.and_then(|who| people.get(&who)))
            {
                moved.by = Some(person.name.for_staff().full());
            }
            (id, changes)
        };
        Ok(found.into_iter().map(named).collect())
    }

    /// Moves the last day of a round. `base`: how often the round had been changed when it was seen.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn move_last_day(
        &self,
        grant: &Grant<RunRounds>,
        id: RoundId,
        base: u32,
        closes: Date,
    ) -> Result<Moving, StoreError> {
        let generation = self.ids().next()?;
        let (now, actor) = (self.clock().now().as_millis(), grant.actor().0);
        let audit = grant.audit("round", Some(id.0));
        let done = self
            .write(move |db| {
                let audit = audit.clone();
                Box::pin(async move {
                    let Some((version, mut round)) = standing(db, id).await? else {
                        return Ok((Moving::NotFound, Vec::new()));
                    };
                    if round.closes == closes {
                        return Ok((Moving::Done(0), Vec::new()));
                    }
                    if u32::try_from(version) != Ok(base) {
                        return Ok((Moving::Stale, Vec::new()));
                    }
                    round.closes = closes;
                    insert_version(db, version + 1, &round, now, actor).await?;
                    // What is seen of a task follows from the last day: whoever looks at a group looks again.
                    renew_all(db).await?;
                    advance(db, Of::Inventory, generation).await?;
                    Ok((Moving::Done(0), vec![audit]))
                })
            })
            .await?;
        self.reload_published().await?;
        Ok(done)
    }
}

/// How a round came to stand, and who moved its last day last.
fn follow(
    begun: &str,
    changes: &[round_version::Model],
) -> Result<(RoundChanges, Option<PersonId>), StoreError> {
    let closes = |definition: &str| {
        let round: Result<Round, _> = serde_json::from_str(definition);
        round.map(|round| round.closes).map_err(|_| StoreError::Corrupt("round"))
    };
    let mut stands = RoundChanges { version: 0, closes: closes(begun)?, moved: None };
    let mut mover = None;
    for row in changes {
        let now = closes(&row.definition)?;
        if now != stands.closes {
            let (was, at) = (stands.closes, Timestamp::from_millis(row.changed_at));
            stands.moved = Some(RoundDayMoved { was, at, by: None });
            mover = Some(PersonId(row.changed_by));
        }
        stands.closes = now;
        stands.version = u32::try_from(row.version).unwrap_or(0);
    }
    Ok((stands, mover))
}
