//! Signing in with a code from school: for a guardian without an e-identification, for one child, and for little.

use super::sign_in::{Proven, Refused, SignIn, SignInError};
use crate::policy::{Admits, principal};
use crate::school_code::SchoolCode;
use crate::store::Store;
use skolstart_shared::Locale;
use skolstart_shared::consent::Identified;

/// Takes a code that the school has given as the proof that one is the guardian it was given to.
pub struct CodeSignIn<'a> {
    /// The data.
    pub store: &'a Store,
    /// The request, as in the log.
    pub request_id: String,
}

impl SignIn for CodeSignIn<'_> {
    /// What was typed.
    type Proof = String;

    async fn prove(&self, typed: String) -> Result<Proven, SignInError> {
        let refused = || SignInError::NotProven(Refused::Code);
        let code = SchoolCode::parse(&typed).ok_or_else(refused)?;
        let holder = self.store.take_school_code(code).await?.ok_or_else(refused)?;
        // A relation that has ended ends what was given because of it.
        let known =
            principal(self.store, holder.guardian, Locale::default(), self.request_id.clone()).await?;
        if !known.is_some_and(|known| known.children().contains(&holder.child)) {
            return Err(refused());
        }
        Ok(Proven {
            person: holder.guardian,
            method: Identified::SchoolCode,
            admits: Admits::Guardians,
            account: None,
            code: Some(holder.code),
            passkey: None,
        })
    }
}
