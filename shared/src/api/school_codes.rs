use super::endpoint::{Nothing, endpoints};
use crate::date::Timestamp;
use crate::id::{ChangeId, PersonId};
use crate::locale::Locale;
use serde::{Deserialize, Serialize};

endpoints! {
    /// Lists those who decide for a child, and the codes that they have been given.
    GetSchoolCodes = Get "/api/staff/children/{child}/codes" GiveCodes (PersonId) Nothing => SchoolCodesOut;
    /// Makes a code for one who decides for a child, or withdraws one. The same id and step again is the same as once.
    PutSchoolCode = Put "/api/staff/children/{child}/codes/{code}" GiveCodes ((PersonId, ChangeId)) SchoolCodeStep => SchoolCodeOut;
    /// Signs in a guardian who has a code from school.
    SignInWithCode = Put "/api/session/code" Anonymous (()) CodeIn => Nothing;
}

/// A code, as somebody types it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeIn {
    /// In capitals or not, with spaces and hyphens or not.
    pub code: String,
}

impl std::fmt::Debug for CodeIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CodeIn(…)")
    }
}

/// What staff do with a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SchoolCodeStep {
    /// Make one. Codes that she was given before for this child no longer work.
    Make(SchoolCodeFor),
    /// Withdraw it: it no longer works, and whoever is signed in with it is signed out.
    Withdraw,
}

/// For whom a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SchoolCodeFor {
    /// One who decides for the child.
    pub guardian: PersonId,
    /// The language of the sheet.
    pub locale: Locale,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SchoolCodeOut {
    /// The sheet to hand over, when a code was made. It can be had for an hour, and by whoever made it.
    pub sheet: Option<CodeSheet>,
}

/// A sheet of paper with a code. The only place where the code stands.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeSheet {
    /// The language that it is written in.
    pub locale: Locale,
    /// What it is.
    pub heading: String,
    /// What it is for.
    pub about: Vec<String>,
    /// What to do, step by step.
    pub steps: Vec<String>,
    /// What the code is called.
    pub code_label: String,
    /// The code, in groups of letters.
    pub code: String,
    /// The address to type.
    pub address: String,
    /// The square that a telephone's camera reads.
    pub square: Square,
    /// What else is good to know.
    pub notes: Vec<String>,
}

impl std::fmt::Debug for CodeSheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CodeSheet(…)")
    }
}

/// A QR code (ISO/IEC 18004) as a drawing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Square {
    /// How wide and high, its margin included.
    pub side: u16,
    /// The dark parts, as the path of an SVG.
    pub path: String,
    /// What it is, for those who do not see it.
    pub says: String,
}

impl std::fmt::Debug for Square {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Square(…)")
    }
}

/// Who decides for a child, and the codes that were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SchoolCodesOut {
    /// Those who can be given one, by name.
    pub guardians: Vec<(PersonId, String)>,
    /// Codes that have not been forgotten yet, newest first.
    pub codes: Vec<SchoolCodeLine>,
}

/// A code that was made. What it is nobody can see any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SchoolCodeLine {
    /// Which.
    pub code: ChangeId,
    /// For whom, by name.
    pub guardian: String,
    /// When it was made.
    pub made: Timestamp,
    /// Until when it can be used.
    pub until: Timestamp,
    /// How many times it has been used.
    pub used: u16,
    /// How it stands.
    pub state: SchoolCodeState,
}

/// How a code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SchoolCodeState {
    /// It works.
    Open,
    /// It has been used as often as it can be.
    Used,
    /// Somebody has typed wrong letters too often.
    Blocked,
    /// Its time is over.
    Over,
    /// It was withdrawn, or a newer one has taken its place.
    Withdrawn,
}
