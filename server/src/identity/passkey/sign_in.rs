//! Signing in with a passkey. It is begun and finished in the same browser, once, as at a provider.

use super::party::Passkeys;
use super::{CONFIRMED_FOR, LIFETIME};
use crate::identity::{LoginToken, Proven, Refused, SignIn, SignInError};
use crate::policy::{self, Admits, principal};
use crate::store::{Asked, Attempt, HeldPasskey, NewAttempt, PasskeyUse, Store, StoreError};
use skolstart_shared::Locale;
use skolstart_shared::access::{Action, Reach, reach};
use skolstart_shared::consent::Identified;
use skolstart_shared::id::PersonId;

/// What such a sign-in is called among those under way. No way of the settings can have a colon.
const WAY: &str = ":passkey";

/// Signing in with a passkey.
pub struct PasskeySignIn<'a> {
    /// The data.
    pub store: &'a Store,
    /// The passkeys of this instance.
    pub passkeys: &'a Passkeys,
    /// The request, as in the log.
    pub request_id: String,
    /// Whether one more refusal is noted: the trail is not filled by whoever wants to.
    pub notes: &'a (dyn Fn() -> bool + Send + Sync),
}

/// What has begun.
pub struct PasskeyBegun {
    /// What the browser must hold until it has the answer.
    pub token: LoginToken,
    /// What it asks the device for.
    pub options: String,
}

/// Keeps what a device is asked until the browser brings the answer.
pub(super) async fn begin(
    store: &Store,
    way: &str,
    options: String,
    asked: Asked,
) -> Result<PasskeyBegun, StoreError> {
    let token = LoginToken::new()?;
    let attempt = NewAttempt {
        token: token.hash(),
        way: way.to_owned(),
        back: String::new(),
        replaces: None,
        expires: store.clock().now().plus_millis(LIFETIME),
        asked: Some(asked),
    };
    store.begin_sign_in(attempt).await?;
    Ok(PasskeyBegun { token, options })
}

impl PasskeySignIn<'_> {
    /// Begins.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn begin(&self) -> Result<PasskeyBegun, StoreError> {
        let question = self.passkeys.ask_for_any()?;
        let asked = Asked { state: question.state, person: None };
        begin(self.store, WAY, question.options, asked).await
    }

    /// Takes what this browser has begun, once. `None`: nothing, or it was taken before, or is too old.
    ///
    /// # Errors
    /// When it could not be looked up.
    pub async fn take(&self, token: Option<&LoginToken>) -> Result<Option<Attempt>, StoreError> {
        let Some(token) = token else { return Ok(None) };
        self.store.take_sign_in(token.hash(), WAY.to_owned()).await
    }

    async fn refused<T>(&self, why: Refused, held: Option<&HeldPasskey>) -> Result<T, SignInError> {
        if (self.notes)() {
            self.store.note_refused_passkey(why.as_str(), held, &self.request_id).await?;
        }
        Err(SignInError::NotProven(why))
    }

    async fn works_here(&self, person: PersonId) -> Result<bool, StoreError> {
        let known = principal(self.store, person, Locale::default(), self.request_id.clone()).await?;
        let Some(known) = known else { return Ok(false) };
        let roles = policy::admitted(self.store, known, Admits::Staff).await?.roles();
        Ok(roles.into_iter().any(|role| reach(role, Action::OwnPasskeys) > Reach::Nothing))
    }
}

impl SignIn for PasskeySignIn<'_> {
    /// What was begun, and the device's answer as the browser has written it.
    type Proof = (Attempt, String);

    async fn prove(&self, (attempt, answer): (Attempt, String)) -> Result<Proven, SignInError> {
        let Some(asked) = attempt.asked() else { return self.refused(Refused::State, None).await };
        let Some((answer, handle)) = self.passkeys.named(&answer) else {
            return self.refused(Refused::Assertion, None).await;
        };
        let Some(held) = self.store.passkey(answer.get_credential_id()).await? else {
            return self.refused(Refused::Passkey, None).await;
        };
        if handle != Passkeys::handle(held.person) {
            return self.refused(Refused::Passkey, Some(&held)).await;
        }
        let after = match self.passkeys.signed(&answer, &asked.state, &held.key) {
            Ok(after) => after,
            Err(why) => return self.refused(why, Some(&held)).await,
        };
        if !self.works_here(held.person).await? {
            return self.refused(Refused::Unknown, Some(&held)).await;
        }
        if self.store.clock().now() >= held.confirmed.plus_millis(CONFIRMED_FOR) {
            return self.refused(Refused::Unconfirmed, Some(&held)).await;
        }
        Ok(Proven {
            person: held.person,
            method: Identified::Account,
            admits: Admits::Staff,
            account: None,
            code: None,
            passkey: Some(PasskeyUse::new(held, after)),
        })
    }
}
