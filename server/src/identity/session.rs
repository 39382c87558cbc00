use super::device::Device;
use super::sign_in::{Account, Proven};
use super::token::SessionToken;
use crate::policy::{self, Admits, Principal};
use crate::store::{NewSession, SignedInBy, Store, StoreError, TokenHash};
use skolstart_shared::Locale;

/// How long sessions live: whoever can see other people's children is asked more often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRules {
    /// Of those who act as guardians only, or as pupils.
    pub guardians: SessionLimits,
    /// Of all others.
    pub staff: SessionLimits,
}

impl SessionRules {
    fn of(self, admits: Admits) -> SessionLimits {
        match admits {
            Admits::Guardians | Admits::Pupils => self.guardians,
            Admits::Staff | Admits::Both => self.staff,
        }
    }

    /// Milliseconds without a request after which such a session has ended.
    pub(super) fn idle(self, admits: Admits) -> i64 {
        self.of(admits).idle
    }
}

/// How long a session lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Milliseconds without a request after which it has ended.
    pub idle: i64,
    /// Milliseconds after which it has ended whatever happens.
    pub absolute: i64,
}

/// Use is noted no more often than this: a write per click would tell nobody more.
const NOTED_EVERY: i64 = 60_000;

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// There never was one, or it has ended, or the person has left the register.
    #[error("signed out")]
    SignedOut,
    /// It could not be looked up or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The browser that a session begins in, and the request.
pub struct Entering {
    /// The session that it had.
    pub(crate) replaces: Option<TokenHash>,
    /// What kind it is, where it says so.
    pub(crate) device: Option<Device>,
    /// The request, as in the log.
    pub(crate) request_id: String,
}

/// Begins a session for somebody whose identity was proven just now. An earlier one in the same browser ends: a token
/// from before the sign-in is worth nothing after it.
///
/// # Errors
/// When there is no randomness, or it could not be stored.
pub async fn begin(
    store: &Store,
    rules: SessionRules,
    proven: Proven,
    entering: Entering,
) -> Result<SessionToken, StoreError> {
    let token = SessionToken::new()?;
    let session = NewSession {
        token: token.hash(),
        person: proven.person,
        method: proven.method,
        admits: proven.admits,
        by: proven.account.map(signed_in_by),
        code: proven.code,
        passkey: proven.passkey,
        expires: store.clock().now().plus_millis(rules.of(proven.admits).absolute),
        browser: entering.device.map(Device::stored),
        replaces: entering.replaces,
        request_id: entering.request_id,
    };
    // What changed in the meantime has to be asked for anew.
    if store.begin_session(session).await? { Ok(token) } else { Err(StoreError::Busy) }
}

fn signed_in_by(account: Account) -> SignedInBy {
    let Account { issuer, subject, session, level, proven_at } = account;
    SignedInBy { issuer, subject, session, level, proven_at }
}

/// Who holds this token, with everything she may do today.
///
/// # Errors
/// [`SessionError::SignedOut`] when the session has ended.
pub async fn resume(
    store: &Store,
    rules: SessionRules,
    token: &SessionToken,
    locale: Locale,
    request_id: String,
) -> Result<Principal, SessionError> {
    let hash = token.hash();
    store.renew_memory().await?;
    let now = store.clock().now();
    let session = store.session(&hash, now.plus_millis(-NOTED_EVERY)).await?;
    let session = session.ok_or(SessionError::SignedOut)?;
    if now >= session.expires || now >= session.seen.plus_millis(rules.idle(session.admits)) {
        return Err(SessionError::SignedOut);
    }
    let principal = policy::principal_of_today(store, session.person, locale, request_id).await?;
    let principal = principal.ok_or(SessionError::SignedOut)?;
    let principal = policy::admitted(store, principal, session.admits).await?;
    let principal = principal.identified_by(session.method).for_only(session.only);
    if now >= session.seen.plus_millis(NOTED_EVERY) {
        store.touch_session(hash, now).await?;
    }
    Ok(principal)
}

/// Ends a session.
///
/// # Errors
/// When it could not be written; the session then still lives.
pub async fn end(store: &Store, token: &SessionToken, principal: &Principal) -> Result<(), StoreError> {
    store.end_session(token.hash(), Some(principal.person()), principal.request_id().to_owned()).await
}
