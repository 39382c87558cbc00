use serde::{Deserialize, Serialize};

/// Protection of a person's data (SS 12000 `securityMarking`; OSL 21:3, 22:1; FOL 16 §).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SecurityMarking {
    /// No marking is known.
    #[default]
    None,
    /// *Sekretessmarkering*: a warning that release must be tested.
    Sekretessmarkering,
    /// *Skyddad folkbokföring*: the real address is never in the register.
    SkyddadFolkbokforing,
    /// Protection decided by the school itself.
    Local,
}

impl SecurityMarking {
    /// True when the person must be absent from lists, counts, search and exports unless a grant says otherwise.
    pub fn is_protected(self) -> bool {
        self != Self::None
    }

    /// The SS 12000 word.
    pub fn from_ss12000(word: &str) -> Option<Self> {
        match word {
            "Ingen" => Some(Self::None),
            "Sekretessmarkering" => Some(Self::Sekretessmarkering),
            "Skyddad folkbokföring" => Some(Self::SkyddadFolkbokforing),
            _ => None,
        }
    }

    /// A short code for the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Sekretessmarkering => "sekretess",
            Self::SkyddadFolkbokforing => "skyddad",
            Self::Local => "local",
        }
    }

    /// The marking with this code. An unknown code is read as protected: a mistake must hide, never show.
    pub fn from_code(code: &str) -> Self {
        match code {
            "none" => Self::None,
            "sekretess" => Self::Sekretessmarkering,
            "skyddad" => Self::SkyddadFolkbokforing,
            _ => Self::Local,
        }
    }
}
