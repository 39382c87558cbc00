//! Sign-ins under way, and the accounts at providers that belong to persons.
//! Called by `identity`, before there is a principal; that is why these functions take no grant.

use super::audit::AuditEntry;
use super::entity::{account, person_identifier, sign_in_attempt};
use super::session::TokenHash;
use super::{Store, StoreError};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use skolstart_shared::id::PersonId;
use skolstart_shared::{PersonalNumber, Timestamp};

/// A sign-in that begins.
#[derive(Clone)]
pub(crate) struct NewAttempt {
    /// A hash of what the browser holds.
    pub(crate) token: TokenHash,
    pub(crate) way: String,
    pub(crate) back: String,
    /// The session of the same browser.
    pub(crate) replaces: Option<TokenHash>,
    pub(crate) expires: Timestamp,
    /// What a device was asked, where it is a passkey's.
    pub(crate) asked: Option<Asked>,
}

/// What a device was asked.
#[derive(Clone)]
pub(crate) struct Asked {
    /// What its answer is compared with.
    pub(crate) state: String,
    /// Who adds a passkey, where she does.
    pub(crate) person: Option<PersonId>,
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked(…)")
    }
}

/// A sign-in that was under way.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The page to come back to.
    pub back: String,
    replaces: Option<TokenHash>,
    asked: Option<Asked>,
}

impl Attempt {
    /// What a device was asked.
    pub(crate) fn asked(&self) -> Option<&Asked> {
        self.asked.as_ref()
    }

    /// The session of the same browser, which ends when the new one begins.
    pub(crate) fn replaces(&self) -> Option<TokenHash> {
        self.replaces
    }
}

impl Store {
    /// Notes a sign-in that begins, and forgets those that were never finished.
    pub(crate) async fn begin_sign_in(&self, new: NewAttempt) -> Result<(), StoreError> {
        let now = self.clock().now();
        self.write(move |db| {
            let row = sign_in_attempt::Model {
                token_hash: new.token.to_vec(),
                way: new.way.clone(),
                back: new.back.clone(),
                replaces: new.replaces.map(|hash| hash.to_vec()),
                expires_at: new.expires.as_millis(),
                asked: new.asked.as_ref().map(|asked| asked.state.clone()),
                person_id: new.asked.as_ref().and_then(|asked| asked.person).map(|person| person.0),
            };
            Box::pin(async move {
                let over = sign_in_attempt::Column::ExpiresAt.lte(now.as_millis());
                sign_in_attempt::Entity::delete_many().filter(over).exec(db).await?;
                sign_in_attempt::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
                Ok(((), Vec::new()))
            })
        })
        .await
    }

    /// The sign-in with this token, once: whoever asks again gets nothing, whichever process answers.
    pub(crate) async fn take_sign_in(
        &self,
        token: TokenHash,
        way: String,
    ) -> Result<Option<Attempt>, StoreError> {
        let now = self.clock().now();
        self.write(move |db| {
            let way = way.clone();
            Box::pin(async move {
                let found = sign_in_attempt::Entity::find_by_id(token.to_vec()).one(db).await?;
                let Some(row) = found else { return Ok((None, Vec::new())) };
                let gone = sign_in_attempt::Entity::delete_by_id(token.to_vec()).exec(db).await?;
                let holds = gone.rows_affected == 1 && row.way == way && row.expires_at > now.as_millis();
                let replaces = row.replaces.and_then(|hash| hash.try_into().ok());
                let person = row.person_id.map(PersonId);
                let asked = row.asked.map(|state| Asked { state, person });
                Ok((holds.then_some(Attempt { back: row.back, replaces, asked }), Vec::new()))
            })
        })
        .await
    }

    /// Whose account it is at this provider.
    pub(crate) async fn account(&self, issuer: &str, subject: &str) -> Result<Option<PersonId>, StoreError> {
        let key = (issuer.to_owned(), self.blind_subject(issuer, subject)?);
        let row = account::Entity::find_by_id(key).one(self.db()).await?;
        Ok(row.map(|row| PersonId(row.person_id)))
    }

    /// Whose personal number it is, now or before.
    pub(crate) async fn person_by_number(
        &self,
        number: &PersonalNumber,
    ) -> Result<Option<PersonId>, StoreError> {
        let blinds = self.sealer().blinds("personal-number", number.as_str12().as_bytes())?;
        let with = person_identifier::Column::Blind.is_in(blinds);
        let row = person_identifier::Entity::find().filter(with).one(self.db()).await?;
        Ok(row.map(|row| PersonId(row.person_id)))
    }

    /// Notes whose account it is. The first to be noted stays.
    pub(crate) async fn link_account(
        &self,
        issuer: &str,
        subject: &str,
        person: PersonId,
        request_id: &str,
    ) -> Result<(), StoreError> {
        let noted = entry(Some(person), "link-account", "own", "done", request_id);
        let row = account::Model {
            issuer: issuer.to_owned(),
            subject: self.blind_subject(issuer, subject)?,
            person_id: person.0,
            linked_at: self.clock().now().as_millis(),
        };
        self.write(move |db| {
            let (row, noted) = (row.clone(), noted.clone());
            Box::pin(async move {
                let key = [account::Column::Issuer, account::Column::Subject];
                let stays = OnConflict::columns(key).do_nothing().to_owned();
                let insert = account::Entity::insert(row.into_active_model()).on_conflict(stays);
                insert.exec_without_returning(db).await?;
                Ok(((), vec![noted]))
            })
        })
        .await
    }

    /// Notes that somebody was not signed in, and why. Nothing says who.
    pub(crate) async fn note_refused_sign_in(
        &self,
        why: &'static str,
        request_id: &str,
    ) -> Result<(), StoreError> {
        self.note(vec![entry(None, "sign-in", why, "refused", request_id)]).await
    }

    /// What a provider calls somebody, or its session, to be found by and not read.
    pub(super) fn blind_subject(&self, issuer: &str, subject: &str) -> Result<Vec<u8>, StoreError> {
        self.sealer().blind(&["account|", issuer].concat(), subject.as_bytes())
    }
}

fn entry(
    actor: Option<PersonId>,
    action: &'static str,
    purpose: &'static str,
    outcome: &'static str,
    request_id: &str,
) -> AuditEntry {
    let (object_kind, request_id) = ("session", request_id.to_owned());
    AuditEntry { acting_for: None, actor, action, object_kind, object_id: None, purpose, outcome, request_id }
}
