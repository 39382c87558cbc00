//! Sessions that a provider of identity ends. Called by `identity`, which has verified that the provider says so; there is no
//! principal, and that is why this takes no grant.

use super::audit::AuditEntry;
use super::entity::{logout_token, session};
use super::generation::{self, Of};
use super::session::entry;
use super::{Store, StoreError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, TryInsertResult};
use skolstart_shared::Timestamp;
use skolstart_shared::id::PersonId;

/// What a provider says: somebody, or one of her sessions there, has signed out.
#[derive(Clone)]
pub(crate) struct LogoutToken {
    pub(crate) issuer: String,
    /// What the provider calls this saying.
    pub(crate) id: String,
    pub(crate) subject: Option<String>,
    pub(crate) session: Option<String>,
    /// Until when it could be said again.
    pub(crate) until: Timestamp,
    pub(crate) request_id: String,
}

impl Store {
    /// Ends the sessions, and notes each. False when the same was said before: then nothing ends.
    pub(crate) async fn end_sessions_of_provider(&self, token: LogoutToken) -> Result<bool, StoreError> {
        let (now, generation) = (self.clock().now(), self.ids().next()?);
        let which = self.sessions_of(&token)?;
        self.write(move |db| {
            let (which, token) = (which.clone(), token.clone());
            Box::pin(async move {
                let over = logout_token::Column::Until.lt(now.as_millis());
                logout_token::Entity::delete_many().filter(over).exec(db).await?;
                let row = logout_token::Model {
                    issuer: token.issuer,
                    id: token.id,
                    until: token.until.as_millis(),
                };
                let key = [logout_token::Column::Issuer, logout_token::Column::Id];
                let insert = logout_token::Entity::insert(row.into_active_model());
                let written = insert.on_conflict_do_nothing_on(key).exec_without_returning(db).await?;
                if !matches!(written, TryInsertResult::Inserted(1)) {
                    return Ok((false, Vec::new()));
                }
                let ended = session::Entity::find().filter(which.clone()).all(db).await?;
                session::Entity::delete_many().filter(which).exec(db).await?;
                if !ended.is_empty() {
                    generation::advance(db, Of::Sessions, generation).await?;
                }
                let noted = ended.iter().map(|row| AuditEntry {
                    object_id: row.id,
                    purpose: "provider",
                    ..entry(PersonId(row.person_id), "sign-out", &token.request_id)
                });
                Ok((true, noted.collect()))
            })
        })
        .await
    }

    /// Of both, the session counts; where the provider did not name one when she signed in, she does.
    fn sessions_of(&self, token: &LogoutToken) -> Result<Condition, StoreError> {
        let kind = ["account|", &token.issuer].concat();
        let blinds = |text: &Option<String>| {
            text.as_ref().map(|text| self.sealer().blinds(&kind, text.as_bytes())).transpose()
        };
        let (subject, named) = (blinds(&token.subject)?, blinds(&token.session)?);
        let hers = subject.map(|blinds| session::Column::Subject.is_in(blinds));
        let which = match named.map(|blinds| session::Column::ProviderSession.is_in(blinds)) {
            None => Condition::all().add_option(hers),
            Some(named) => {
                let unnamed =
                    |hers| Condition::all().add(session::Column::ProviderSession.is_null()).add(hers);
                let named = Condition::all().add(named).add_option(hers.clone());
                Condition::any().add(named).add_option(hers.map(unnamed))
            }
        };
        Ok(Condition::all().add(session::Column::Issuer.eq(token.issuer.clone())).add(which))
    }

    /// Notes that a provider was not believed, and why.
    pub(crate) async fn note_refused_sign_out(
        &self,
        why: &'static str,
        request_id: &str,
    ) -> Result<(), StoreError> {
        let refused = AuditEntry {
            acting_for: None,
            actor: None,
            action: "sign-out",
            object_kind: "session",
            object_id: None,
            purpose: why,
            outcome: "refused",
            request_id: request_id.to_owned(),
        };
        self.note(vec![refused]).await
    }
}
