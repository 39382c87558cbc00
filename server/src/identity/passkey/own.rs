//! A person's own passkeys: seeing them, adding, naming and removing them.

use super::party::Passkeys;
use super::sign_in::{PasskeyBegun, begin};
use super::{CONFIRMED_FOR, FRESH_FOR};
use crate::identity::{LoginToken, Refused, SessionToken};
use crate::policy::{self, Grant, Principal};
use crate::store::{Added, Asked, NewPasskey, SignedIn, Store, StoreError};
use skolstart_shared::api::{PasskeyIn, PasskeyLine, PasskeysOut};
use skolstart_shared::id::PasskeyId;
use skolstart_shared::passkey::{MOST_PASSKEYS, check_name};
use skolstart_shared::violation::{Code, Violation};

/// What adding is called among what is under way.
const WAY: &str = ":add-passkey";

/// Why a passkey was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// She has none with this id.
    #[error("not found")]
    NotFound,
    /// It is too long since she signed in.
    #[error("not fresh")]
    NotFresh,
    /// Nothing was begun in this browser, or it was used before, or is too old.
    #[error("not begun")]
    NotBegun,
    /// The id is of another passkey, or the passkey has another id.
    #[error("other")]
    Other,
    /// What is wrong with it.
    #[error("invalid")]
    Invalid(Vec<Violation>),
    /// It could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The passkeys of one who asks.
pub struct OwnPasskeys<'a> {
    /// The data.
    pub store: &'a Store,
    /// The passkeys of this instance.
    pub passkeys: &'a Passkeys,
    /// That she may.
    pub grant: Grant<policy::OwnPasskeys>,
    /// The session that asks.
    pub session: &'a SessionToken,
}

fn too_many() -> ChangeError {
    ChangeError::Invalid(vec![Violation::new("", Code::TooMany).with("most", MOST_PASSKEYS)])
}

impl OwnPasskeys<'_> {
    async fn signed_in(&self) -> Result<Option<SignedIn>, StoreError> {
        self.store.signed_in(&self.grant, self.session.hash()).await
    }

    fn is_fresh(&self, signed: &SignedIn) -> bool {
        self.store.clock().now() < signed.since.plus_millis(FRESH_FOR)
    }

    /// How she signed in, when that was a moment ago.
    async fn fresh(&self, action: &'static str) -> Result<SignedIn, ChangeError> {
        let signed = self.signed_in().await?.filter(|signed| self.is_fresh(signed));
        match signed {
            Some(signed) => Ok(signed),
            None => {
                self.store.note_refused_change(&self.grant, action, "not-fresh").await?;
                Err(ChangeError::NotFresh)
            }
        }
    }

    /// Her passkeys.
    ///
    /// # Errors
    /// When they could not be read.
    pub async fn list(&self) -> Result<PasskeysOut, StoreError> {
        let signed = self.signed_in().await?;
        let here = signed.as_ref().and_then(|signed| signed.passkey);
        let lines = self.store.passkeys(&self.grant).await?.into_iter().map(|record| PasskeyLine {
            here: here == Some(record.id),
            passkey: record.id,
            name: record.name,
            added: record.created,
            used: record.used,
            until: record.confirmed.plus_millis(CONFIRMED_FOR),
        });
        Ok(PasskeysOut {
            passkeys: lines.collect(),
            most: u32::try_from(MOST_PASSKEYS).unwrap_or(u32::MAX),
            fresh: signed.is_some_and(|signed| self.is_fresh(&signed)),
        })
    }

    /// Begins adding one.
    ///
    /// # Errors
    /// [`ChangeError::NotFresh`], and [`ChangeError::Invalid`] when she has as many as one can have.
    pub async fn begin(&self, principal: &Principal) -> Result<PasskeyBegun, ChangeError> {
        self.fresh("add-passkey").await?;
        let had = self.store.passkeys(&self.grant).await?;
        if had.len() >= MOST_PASSKEYS {
            return Err(too_many());
        }
        let had: Vec<Vec<u8>> = had.into_iter().map(|record| record.key.to_vec()).collect();
        let (name, _) = self.store.own_names(principal).await?;
        let question = self.passkeys.ask_for_new(self.grant.actor(), &name, &had)?;
        let asked = Asked { state: question.state, person: Some(self.grant.actor()) };
        Ok(begin(self.store, WAY, question.options, asked).await?)
    }

    /// Adds what the device has made. The same again is there already.
    ///
    /// # Errors
    /// Why it was not added.
    pub async fn add(
        self,
        id: PasskeyId,
        new: &PasskeyIn,
        token: Option<&LoginToken>,
    ) -> Result<(), ChangeError> {
        let wrong = check_name(&new.name);
        if !wrong.is_empty() {
            return Err(ChangeError::Invalid(wrong));
        }
        if let Some(credential) = Passkeys::credential_of(&new.credential)
            && let Some(before) = self.store.added_passkey(&self.grant, id, &credential).await?
        {
            return done(before);
        }
        let signed = self.fresh("add-passkey").await?;
        let attempt = match token {
            Some(token) => self.store.take_sign_in(token.hash(), WAY.to_owned()).await?,
            None => None,
        };
        let asked = attempt.as_ref().and_then(|attempt| attempt.asked());
        let Some(asked) = asked.filter(|asked| asked.person == Some(self.grant.actor())) else {
            return self.refused(Refused::State, ChangeError::NotBegun).await;
        };
        let made = match self.passkeys.made(&new.credential, &asked.state) {
            Ok(made) => made,
            Err(why) => return self.refused(why, wrong_answer()).await,
        };
        let name = new.name.trim().to_owned();
        let passkey = NewPasskey { id, credential: made.credential, key: made.key, name, signed };
        done(self.store.add_passkey(self.grant, passkey).await?)
    }

    async fn refused<T>(&self, why: Refused, error: ChangeError) -> Result<T, ChangeError> {
        self.store.note_refused_change(&self.grant, "add-passkey", why.as_str()).await?;
        Err(error)
    }

    /// Gives one another name.
    ///
    /// # Errors
    /// Why it was not renamed.
    pub async fn name(self, id: PasskeyId, name: &str) -> Result<(), ChangeError> {
        let wrong = check_name(name);
        if !wrong.is_empty() {
            return Err(ChangeError::Invalid(wrong));
        }
        self.fresh("name-passkey").await?;
        let named = self.store.name_passkey(self.grant, id, name.trim().to_owned()).await?;
        if named { Ok(()) } else { Err(ChangeError::NotFound) }
    }

    /// Removes one. One that was removed is removed.
    ///
    /// # Errors
    /// Why it was not removed.
    pub async fn remove(self, id: PasskeyId) -> Result<(), ChangeError> {
        self.fresh("remove-passkey").await?;
        let removed = self.store.remove_passkey(self.grant, id).await?;
        if removed { Ok(()) } else { Err(ChangeError::NotFound) }
    }
}

fn wrong_answer() -> ChangeError {
    ChangeError::Invalid(vec![Violation::new("credential", Code::WrongKind)])
}

fn done(added: Added) -> Result<(), ChangeError> {
    match added {
        Added::Done => Ok(()),
        Added::Other => Err(ChangeError::Other),
        Added::NotHers => Err(ChangeError::NotFound),
        Added::Enough => Err(too_many()),
    }
}
