use serde::{Deserialize, Serialize};

/// What an organisation is in the tree (SS 12000 `organisationType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OrganisationKind {
    /// *Huvudman*, the municipality.
    Huvudman,
    /// *Stadsdel, Rektorsområde, Skola, Övrigt*: a level between.
    Area,
    /// *Skolenhet*, a school or preschool unit led by a principal.
    Unit,
}

impl OrganisationKind {
    /// The kind named by the SS 12000 word.
    pub fn from_ss12000(word: &str) -> Option<Self> {
        match word {
            "Huvudman" => Some(Self::Huvudman),
            "Stadsdel" | "Rektorsområde" | "Skola" | "Övrigt" => Some(Self::Area),
            "Skolenhet" => Some(Self::Unit),
            _ => None,
        }
    }

    /// A short code for the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Huvudman => "huvudman",
            Self::Area => "area",
            Self::Unit => "unit",
        }
    }
}
