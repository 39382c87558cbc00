//! Sessions. The token itself is never here, only its hash: who reads the database cannot sign in with it.
//! Called by `identity`, before there is a principal; that is why these functions take no grant.

use super::audit::AuditEntry;
use super::entity::{school_code, session};
use super::generation::{self, Of};
use super::passkeys::{self, PasskeyUse};
use super::{Store, StoreError};
use crate::policy::Admits;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use skolstart_shared::Timestamp;
use skolstart_shared::consent::Identified;
use skolstart_shared::id::{ChangeId, PersonId};

/// SHA-256 of a session token.
pub(crate) type TokenHash = [u8; 32];

/// A session as it is stored.
#[derive(Clone, Copy)]
pub(crate) struct StoredSession {
    pub(crate) person: PersonId,
    /// When it was last used, to within a minute.
    pub(crate) seen: Timestamp,
    /// When it ends whatever happens.
    pub(crate) expires: Timestamp,
    /// How it was made sure who this is.
    pub(crate) method: Identified,
    /// In what capacities it lets her act.
    pub(crate) admits: Admits,
    /// The one child that she acts for, where it was begun with a code from school.
    pub(crate) only: Option<PersonId>,
}

/// The account that somebody signed in with.
#[derive(Clone)]
pub(crate) struct SignedInBy {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    /// What the provider calls its own session.
    pub(crate) session: Option<String>,
    pub(crate) level: String,
    pub(crate) proven_at: Option<Timestamp>,
}

/// A session that begins.
#[derive(Clone)]
pub(crate) struct NewSession {
    pub(crate) token: TokenHash,
    pub(crate) person: PersonId,
    pub(crate) expires: Timestamp,
    /// How it was made sure who this is.
    pub(crate) method: Identified,
    pub(crate) admits: Admits,
    pub(crate) by: Option<SignedInBy>,
    /// The code from school that it is begun with.
    pub(crate) code: Option<ChangeId>,
    /// The passkey that it is begun with.
    pub(crate) passkey: Option<PasskeyUse>,
    /// Roughly which browser it is in.
    pub(crate) browser: Option<String>,
    /// The session that it takes the place of.
    pub(crate) replaces: Option<TokenHash>,
    pub(crate) request_id: String,
}

pub(super) fn entry(person: PersonId, action: &'static str, request_id: &str) -> AuditEntry {
    AuditEntry {
        acting_for: None,
        actor: Some(person),
        action,
        object_kind: "session",
        object_id: None,
        purpose: "own",
        outcome: "done",
        request_id: request_id.to_owned(),
    }
}

impl Store {
    /// Begins a session, ends the one it replaces, and forgets those that ended long ago. False: the passkey that it is begun with
    /// was removed or used in the meantime.
    pub(crate) async fn begin_session(&self, new: NewSession) -> Result<bool, StoreError> {
        let (store, now) = (self.clone(), self.clock().now());
        let generation = self.ids().next()?;
        let row = self.row_of(&new, now)?;
        self.write(move |db| {
            let (store, new, row) = (store.clone(), new.clone(), row.clone());
            Box::pin(async move {
                match &new.passkey {
                    Some(used) if !passkeys::note_use(&store, db, used, now).await? => {
                        return Ok((false, Vec::new()));
                    }
                    Some(_) => {}
                    None => {
                        passkeys::confirm(db, &new, (row.issuer.clone(), row.subject.clone()), now).await?
                    }
                }
                let passkey = row.passkey_id;
                session::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
                if let Some(old) = new.replaces {
                    session::Entity::delete_by_id(old.to_vec()).exec(db).await?;
                    generation::advance(db, Of::Sessions, generation).await?;
                }
                let over = session::Column::ExpiresAt.lt(now.as_millis());
                session::Entity::delete_many().filter(over).exec(db).await?;
                let noted = entry(new.person, "sign-in", &new.request_id);
                let noted = match passkey {
                    Some(id) => AuditEntry { object_kind: "passkey", object_id: Some(id), ..noted },
                    None => noted,
                };
                Ok((true, vec![noted]))
            })
        })
        .await
    }

    fn row_of(&self, new: &NewSession, now: Timestamp) -> Result<session::Model, StoreError> {
        let by = new.by.as_ref();
        let blind = |by: &SignedInBy, text: &str| self.blind_subject(&by.issuer, text);
        let (issuer, subject) = match &new.passkey {
            Some(used) => used.account(),
            None => (by.map(|by| by.issuer.clone()), by.map(|by| blind(by, &by.subject)).transpose()?),
        };
        Ok(session::Model {
            token_hash: new.token.to_vec(),
            person_id: new.person.0,
            created_at: now.as_millis(),
            seen_at: now.as_millis(),
            expires_at: new.expires.as_millis(),
            method: Some(new.method.as_str().to_owned()),
            id: Some(self.ids().next()?),
            admits: Some(new.admits.as_str().to_owned()),
            browser: new.browser.clone(),
            code_id: new.code.map(|code| code.0),
            passkey_id: new.passkey.as_ref().map(|used| used.passkey().0),
            issuer,
            subject,
            provider_session: by.and_then(|by| Some(blind(by, by.session.as_deref()?))).transpose()?,
            level: by.map(|by| by.level.clone()),
            proven_at: by.and_then(|by| by.proven_at).map(Timestamp::as_millis),
        })
    }

    /// The session with this token. One that was used after `since` is answered from memory: the caller has renewed it.
    pub(crate) async fn session(
        &self,
        token: &TokenHash,
        since: Timestamp,
    ) -> Result<Option<StoredSession>, StoreError> {
        let sessions = self.inner.memory.sessions();
        if let Some(known) = sessions.live.get(token).filter(|known| known.seen > since) {
            return Ok(Some(known));
        }
        let Some(row) = session::Entity::find_by_id(token.to_vec()).one(self.db()).await? else {
            return Ok(None);
        };
        let only = match row.code_id {
            None => None,
            // Without its code, or when that was withdrawn while it began, there is nothing that it was begun with.
            Some(code) => match school_code::Entity::find_by_id(code).one(self.db()).await? {
                Some(code) if code.withdrawn_at.is_none() => Some(PersonId(code.child_id)),
                _ => return Ok(None),
            },
        };
        let found = StoredSession {
            only,
            person: PersonId(row.person_id),
            seen: Timestamp::from_millis(row.seen_at),
            expires: Timestamp::from_millis(row.expires_at),
            method: row.method.as_deref().map(Identified::from_name).unwrap_or_default(),
            admits: row.admits.as_deref().and_then(Admits::from_name).unwrap_or_default(),
        };
        sessions.live.put(*token, found);
        Ok(Some(found))
    }

    /// Notes that a session was used.
    pub(crate) async fn touch_session(&self, token: TokenHash, at: Timestamp) -> Result<(), StoreError> {
        self.write(move |db| {
            Box::pin(async move {
                session::Entity::update_many()
                    .col_expr(session::Column::SeenAt, at.as_millis().into())
                    .filter(session::Column::TokenHash.eq(token.to_vec()))
                    .exec(db)
                    .await?;
                Ok(((), Vec::new()))
            })
        })
        .await
    }

    /// Ends a session. `person` is who signs out, if somebody does.
    pub(crate) async fn end_session(
        &self,
        token: TokenHash,
        person: Option<PersonId>,
        request_id: String,
    ) -> Result<(), StoreError> {
        let generation = self.ids().next()?;
        self.write(move |db| {
            let request_id = request_id.clone();
            Box::pin(async move {
                session::Entity::delete_by_id(token.to_vec()).exec(db).await?;
                generation::advance(db, Of::Sessions, generation).await?;
                let noted = person.map(|person| entry(person, "sign-out", &request_id));
                Ok(((), noted.into_iter().collect()))
            })
        })
        .await
    }
}
