//! Sign-in by choosing a persona: believes whoever asks. Only in a build with the feature `demo`.

use super::cast::{self, cast};
use crate::identity::{SignIn, SignInError};
use skolstart_shared::Locale;
use skolstart_shared::api::{Persona, PersonaKind};
use skolstart_shared::consent::Identified;
use skolstart_shared::id::PersonId;

/// The personas, described in one language.
pub fn personas(locale: Locale) -> Vec<Persona> {
    let shown = |persona: cast::Persona| Persona {
        person: PersonId(persona.id),
        name: persona.name.to_owned(),
        about: match locale {
            Locale::Sv => persona.description_sv.to_owned(),
            _ => persona.description_en.to_owned(),
        },
        kind: match persona.kind {
            cast::PersonaKind::Guardian => PersonaKind::Guardian,
            cast::PersonaKind::Staff | cast::PersonaKind::Municipal => PersonaKind::Staff,
        },
    };
    cast().into_iter().map(shown).collect()
}

/// Takes the name of a persona as the proof that one is it.
pub struct PersonaSignIn;

impl SignIn for PersonaSignIn {
    const METHOD: Identified = Identified::Demo;
    type Proof = PersonId;

    async fn prove(&self, person: PersonId) -> Result<PersonId, SignInError> {
        let known = cast().iter().any(|persona| persona.id == person.0);
        if known { Ok(person) } else { Err(SignInError::NotProven) }
    }
}
