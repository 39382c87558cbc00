//! A person's sessions, as she sees them herself and ends them. Called by `identity`.

use super::audit::AuditEntry;
use super::entity::session;
use super::generation::{self, Of};
use super::session::TokenHash;
use super::{Store, StoreError};
use crate::policy::{Admits, Grant, OwnSession};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use skolstart_shared::Timestamp;
use skolstart_shared::id::SessionId;

/// A session of hers that has not reached its end.
pub(crate) struct OpenSession {
    pub(crate) id: SessionId,
    pub(crate) token: TokenHash,
    pub(crate) browser: Option<String>,
    pub(crate) admits: Admits,
    pub(crate) since: Timestamp,
    pub(crate) seen: Timestamp,
}

/// Which sessions end.
#[derive(Clone, Copy)]
pub(crate) enum Ending {
    /// The one with this id.
    One(SessionId),
    /// All but the one with this token.
    AllBut(TokenHash),
}

impl Store {
    /// The actor's sessions, the last used first.
    pub(crate) async fn open_sessions(
        &self,
        grant: &Grant<OwnSession>,
    ) -> Result<Vec<OpenSession>, StoreError> {
        let rows = session::Entity::find()
            .filter(session::Column::PersonId.eq(grant.actor().0))
            .filter(session::Column::ExpiresAt.gt(self.clock().now().as_millis()))
            .order_by_desc(session::Column::SeenAt)
            .all(self.db())
            .await?;
        let open = rows.into_iter().filter_map(|row| {
            Some(OpenSession {
                id: SessionId(row.id?),
                token: row.token_hash.try_into().ok()?,
                browser: row.browser,
                admits: row.admits.as_deref().and_then(Admits::from_name).unwrap_or_default(),
                since: Timestamp::from_millis(row.created_at),
                seen: Timestamp::from_millis(row.seen_at),
            })
        });
        Ok(open.collect())
    }

    /// Ends sessions of the actor's. Those that have ended are ended; each that did live is noted.
    pub(crate) async fn end_own_sessions(
        &self,
        grant: Grant<OwnSession>,
        ending: Ending,
    ) -> Result<(), StoreError> {
        let generation = self.ids().next()?;
        let which = match ending {
            Ending::One(id) => session::Column::Id.eq(id.0),
            Ending::AllBut(token) => session::Column::TokenHash.ne(token.to_vec()),
        };
        let which = Condition::all().add(session::Column::PersonId.eq(grant.actor().0)).add(which);
        let noted = grant.audit("session", None);
        self.write(move |db| {
            let (which, noted) = (which.clone(), noted.clone());
            Box::pin(async move {
                let ended = session::Entity::find().filter(which.clone()).all(db).await?;
                if ended.is_empty() {
                    return Ok(((), Vec::new()));
                }
                session::Entity::delete_many().filter(which).exec(db).await?;
                generation::advance(db, Of::Sessions, generation).await?;
                let entry = |row: session::Model| AuditEntry {
                    action: "sign-out",
                    object_id: row.id,
                    ..noted.clone()
                };
                Ok(((), ended.into_iter().map(entry).collect()))
            })
        })
        .await
    }
}
