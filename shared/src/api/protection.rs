use super::endpoint::{Nothing, endpoints};
use crate::access::Role;
use crate::date::Timestamp;
use crate::id::{ChangeId, PersonId};
use crate::people::Alias;
use serde::{Deserialize, Serialize};

endpoints! {
    /// The protected children whom the caller may see, and what waits for her there.
    GetProtected = Get "/api/staff/protected" Protect (()) Nothing => Vec<ProtectedChild>;
    /// Who in the family is marked, who handles the child, who has opened its page and why.
    GetProtection = Get "/api/staff/children/{child}/protection" Protect (PersonId) Nothing => ProtectionOut;
    /// Marks somebody, names who handles the child, says why its page is opened, or asks for a marking to be taken away. The same id and content again changes nothing.
    PutProtection = Put "/api/staff/children/{child}/protection/{change}" Protect ((PersonId, ChangeId)) ProtectionStep => Nothing;
    /// Sets, changes or takes away the name that the school uses instead of a hidden child's. The same id and content again changes nothing.
    PutAlias = Put "/api/staff/children/{child}/alias/{change}" Protect ((PersonId, ChangeId)) AliasIn => Nothing;
}

/// Why somebody opens the page of a child with protected identity. A closed list: nobody writes about a family here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To reach the family.
    Reach,
    /// To handle what the family has answered or asked for.
    Answers,
    /// Something has happened, and it is urgent.
    Urgent,
    /// To see that the routine is followed.
    Review,
}

impl Purpose {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Reach, Self::Answers, Self::Urgent, Self::Review];

    /// The name in kebab case, as on the wire, in the audit trail and in the translation keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::Answers => "answers",
            Self::Urgent => "urgent",
            Self::Review => "review",
        }
    }

    /// The purpose with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == name)
    }
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProtectionStep {
    /// Marks the child, or somebody who decides for it. Acts at once.
    Mark(PersonId),
    /// Asks for the marking of this person to be taken away.
    Ask(PersonId),
    /// Takes back what was asked for.
    Withdraw(PersonId),
    /// Takes the marking away that somebody else has asked to take away.
    Approve(PersonId),
    /// Names somebody who works at the unit and is to handle the child.
    Name(PersonId),
    /// She no longer handles it.
    EndName(PersonId),
    /// Says why the page is opened. Holds for an hour.
    Open(Purpose),
    /// Has read who has opened the page.
    Seen,
}

impl ProtectionStep {
    /// The name in kebab case, as on the wire and in the database.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Mark(_) => "mark",
            Self::Ask(_) => "ask",
            Self::Withdraw(_) => "withdraw",
            Self::Approve(_) => "approve",
            Self::Name(_) => "name",
            Self::EndName(_) => "end-name",
            Self::Open(_) => "open",
            Self::Seen => "seen",
        }
    }

    /// Whom it is about, beside the child.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Mark(person)
            | Self::Ask(person)
            | Self::Withdraw(person)
            | Self::Approve(person)
            | Self::Name(person)
            | Self::EndName(person) => Some(*person),
            Self::Open(_) | Self::Seen => None,
        }
    }
}

/// A child with protected identity, or with somebody protected close to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProtectedChild {
    /// The child.
    pub child: PersonId,
    /// Its name, or its alias.
    pub name: String,
    /// Its class or department.
    pub group: Option<String>,
    /// How often others have opened its page since the caller last looked.
    pub opened: u32,
    /// True when somebody else has asked for a marking to be taken away.
    pub asked: bool,
}

/// What is done about an alias.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AliasStep {
    /// The child is called this.
    Set(Alias),
    /// It is called by its real name again.
    Clear,
}

/// What a hidden child is to be called at school from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AliasIn {
    /// Which.
    pub step: AliasStep,
    /// The change that the sender has seen: [`AliasOut::change`]. `None`: there was no alias.
    pub seen: Option<ChangeId>,
}

/// What a hidden child is called at school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AliasOut {
    /// The alias.
    pub alias: Alias,
    /// The change that it came with.
    pub change: ChangeId,
}

/// A person by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NamedPerson {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
}

/// Somebody of the family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FamilyMember {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// True when the identity is marked as protected.
    pub marked: bool,
    /// Who has asked for the marking to be taken away.
    pub asked: Option<NamedPerson>,
}

/// That somebody has opened the child's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Opening {
    /// Who, by name.
    pub name: String,
    /// In what role.
    pub role: Role,
    /// Why.
    pub purpose: Purpose,
    /// When.
    pub at: Timestamp,
    /// True when the caller has not seen it before.
    pub fresh: bool,
}

/// See [`GetProtection`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProtectionOut {
    /// True when the child is hidden from everybody but its principal and those who handle it.
    pub hidden: bool,
    /// True when the caller leads the unit: she marks, names and asks.
    pub leads: bool,
    /// Who the caller is.
    pub me: PersonId,
    /// The child first, then those who decide for it.
    pub family: Vec<FamilyMember>,
    /// What the child is called at school.
    #[serde(default)]
    pub alias: Option<AliasOut>,
    /// Those who handle the child.
    pub handlers: Vec<NamedPerson>,
    /// Those at the unit who could.
    pub candidates: Vec<NamedPerson>,
    /// Who has opened the page, newest first.
    pub openings: Vec<Opening>,
}
