use crate::policy::Admits;
use crate::store::{PasskeyUse, StoreError};
use skolstart_shared::Timestamp;
use skolstart_shared::consent::Identified;
use skolstart_shared::id::{ChangeId, PersonId};

/// Why a proof does not hold. For the audit trail; whoever signs in is told less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// She stopped it herself.
    Cancelled,
    /// The provider says that something went wrong.
    Provider,
    /// It does not belong to what this browser began, was used before, or is too old.
    State,
    /// It is from another provider than the one that was asked.
    Issuer,
    /// The provider does not take the code.
    Code,
    /// The token is not signed by the provider, or not in an accepted way.
    Signature,
    /// The token is not for us, or lacks what it must say.
    Claims,
    /// The token was made for another sign-in.
    Nonce,
    /// The token is too old or lives too long.
    Lifetime,
    /// It is less sure who it is than asked for, or too long ago.
    Level,
    /// UserInfo is not what it should be.
    UserInfo,
    /// It says no personal number.
    NoNumber,
    /// It is nobody with a task here.
    Unknown,
    /// The account was linked to somebody else before.
    Mismatch,
    /// It is no passkey that is known here.
    Passkey,
    /// The passkey did not sign what was asked for, or not for us, or without knowing who held it.
    Assertion,
    /// The passkey has counted backwards: there may be a copy of it.
    Cloned,
    /// The provider has not said for long that its owner is still hers.
    Unconfirmed,
}

impl Refused {
    /// The reason as the audit trail has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Provider => "provider",
            Self::State => "state",
            Self::Issuer => "issuer",
            Self::Code => "code",
            Self::Signature => "signature",
            Self::Claims => "claims",
            Self::Nonce => "nonce",
            Self::Lifetime => "lifetime",
            Self::Level => "level",
            Self::UserInfo => "user-info",
            Self::NoNumber => "no-number",
            Self::Unknown => "unknown",
            Self::Mismatch => "mismatch",
            Self::Passkey => "passkey",
            Self::Assertion => "assertion",
            Self::Cloned => "cloned",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

/// Why somebody could not be signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The proof does not hold, or proves nobody in the register.
    #[error("not proven: {}", .0.as_str())]
    NotProven(Refused),
    /// Whoever could say does not answer.
    #[error("the provider does not answer")]
    Unreachable,
    /// It could not be looked up.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Somebody whose identity has been proven.
#[derive(Debug)]
pub struct Proven {
    /// Who.
    pub person: PersonId,
    /// What a record says about how it was made sure.
    pub method: Identified,
    /// In what capacities this way lets people act.
    pub admits: Admits,
    /// The account at a provider, where there is one.
    pub account: Option<Account>,
    /// The code from school, where it was one: she acts for its child only, and the session ends with it.
    pub code: Option<ChangeId>,
    /// The passkey, where it was one, and its use that is to be noted.
    pub(crate) passkey: Option<PasskeyUse>,
}

/// An account at a provider, and what the provider said this time.
pub struct Account {
    /// The provider.
    pub issuer: String,
    /// What the provider calls the person. The same word of another provider is somebody else.
    pub subject: String,
    /// What the provider calls its own session.
    pub session: Option<String>,
    /// How sure it is.
    pub level: String,
    /// When the person proved who she is.
    pub proven_at: Option<Timestamp>,
}

// The subject can be a personal number.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Account(…)")
    }
}

/// A way to prove who somebody is.
///
/// The demo has one that believes whoever asks, and [`OidcSignIn`](super::OidcSignIn) asks a provider of identity. What comes
/// after, [`begin`](super::begin), is the same for all. `docs/how-to/add-a-sign-in-method.md` says how to add another.
pub trait SignIn: Send + Sync {
    /// What is offered as proof.
    type Proof: Send;

    /// Says whose proof it is.
    ///
    /// # Errors
    /// [`SignInError::NotProven`] whatever the fault of the proof.
    fn prove(&self, proof: Self::Proof) -> impl Future<Output = Result<Proven, SignInError>> + Send;
}
