use super::endpoint::{Nothing, endpoints};
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

endpoints! {
    /// Lists the personas of the demo municipality.
    ListPersonas = Get "/api/demo/personas" Anonymous (()) Nothing => Vec<Persona>;
    /// Signs in as a persona of the demo municipality.
    SignInAsPersona = Put "/api/demo/session/{person}" Anonymous (PersonId) Nothing => Nothing;
}

/// Which program a persona uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PersonaKind {
    /// The guardian program: guardians, and pupils of the age.
    Guardian,
    /// The staff program.
    Staff,
}

/// Somebody to sign in as in the demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Persona {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// What makes this one worth trying, in the language of the request.
    pub about: String,
    /// Which program.
    pub kind: PersonaKind,
}
