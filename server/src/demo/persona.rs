//! Sign-in by choosing a persona: believes whoever asks. Only in a build with the feature `demo`.

use super::cast::{self, cast};
use crate::identity::{Proven, Refused, SignIn, SignInError};
use crate::policy::{self, Admits};
use crate::store::Store;
use skolstart_shared::Locale;
use skolstart_shared::api::{Persona, PersonaKind};
use skolstart_shared::consent::Identified;
use skolstart_shared::id::PersonId;

/// The personas, described in one language. `pupils`: whether pupils may sign in here.
pub fn personas(locale: Locale, pupils: bool) -> Vec<Persona> {
    let shown = |persona: cast::Persona| Persona {
        person: PersonId(persona.id),
        name: persona.name.to_owned(),
        about: match locale {
            Locale::Sv => persona.description_sv.to_owned(),
            _ => persona.description_en.to_owned(),
        },
        kind: match persona.kind {
            cast::PersonaKind::Guardian | cast::PersonaKind::Pupil => PersonaKind::Guardian,
            cast::PersonaKind::Staff | cast::PersonaKind::Municipal => PersonaKind::Staff,
        },
    };
    cast().into_iter().chain(pupils.then(cast::pupil_persona)).map(shown).collect()
}

/// Takes the name of a persona as the proof that one is it.
pub struct PersonaSignIn<'a> {
    /// The data.
    pub store: &'a Store,
    /// The request, as in the log.
    pub request_id: String,
}

impl SignIn for PersonaSignIn<'_> {
    type Proof = PersonId;

    async fn prove(&self, person: PersonId) -> Result<Proven, SignInError> {
        let refused = SignInError::NotProven(Refused::Unknown);
        let is_persona = cast().iter().any(|persona| persona.id == person.0);
        let admits = match is_persona {
            true => Admits::Both,
            false if cast::is_pupil(person.0) && self.may(person).await? => Admits::Pupils,
            false => return Err(refused),
        };
        Ok(Proven { person, method: Identified::Demo, admits, account: None, code: None, passkey: None })
    }
}

impl PersonaSignIn<'_> {
    /// True for a pupil of the age from which pupils may sign in.
    async fn may(&self, person: PersonId) -> Result<bool, SignInError> {
        let locale = Locale::default();
        let known = policy::principal(self.store, person, locale, self.request_id.clone()).await?;
        let Some(known) = known else { return Ok(false) };
        Ok(policy::admitted(self.store, known, Admits::Pupils).await?.is_pupil())
    }
}
