use crate::store::StoreError;
use skolstart_shared::consent::Identified;
use skolstart_shared::id::PersonId;

/// Why somebody could not be signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The proof does not hold, or proves nobody in the register. Which of the two is not told to the caller.
    #[error("not proven")]
    NotProven,
    /// It could not be looked up.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A way to prove who somebody is.
///
/// The demo has one that believes whoever asks. OpenID Connect (the Swedish profile at oidc.se, code flow with PKCE) is
/// another: its `Proof` is the callback's code together with the state, nonce and verifier from the browser's sign-in
/// cookie, and its `prove` exchanges the code, checks the ID token, and finds the person by issuer and subject, or the first
/// time by the blind index of the personal number. What comes after, [`begin`](super::begin), is the same for all.
pub trait SignIn: Send + Sync {
    /// What a record says about how it was made sure who somebody is.
    const METHOD: Identified;
    /// What is offered as proof.
    type Proof: Send;

    /// Says whose proof it is.
    ///
    /// # Errors
    /// [`SignInError::NotProven`] whatever the fault of the proof.
    fn prove(&self, proof: Self::Proof) -> impl Future<Output = Result<PersonId, SignInError>> + Send;
}
