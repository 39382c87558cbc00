use super::endpoint::{Nothing, endpoints};
use super::guardian::HistoryEntry;
use super::staff::StaffFact;
use crate::Map;
use crate::access::Role;
use crate::date::{Date, Timestamp};
use crate::form::{ActKey, FieldKey, FieldKind, FormKey, FormRef};
use crate::id::{ChangeId, PersonId, RoundId};
use serde::{Deserialize, Serialize};

endpoints! {
    /// Sends an answer back with questions, exempts a child, lets its family answer after the last day, or takes one of these back. The
    /// same id and content again changes nothing.
    PutTaskChange = Put "/api/staff/children/{child}/changes/{change}" ChangeTasks ((PersonId, ChangeId)) TaskChangeIn => Nothing;
    /// What has happened with a child's answers, by whom and when, newest first.
    StaffChildHistory = Get "/api/staff/children/{child}/history" ReadChild (PersonId) Nothing => Vec<HistoryByStaff>;
}

/// An act by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActName {
    /// The form.
    pub form: FormKey,
    /// The act.
    pub act: ActKey,
}

/// What staff do to the tasks of a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TaskChangeIn {
    /// The round.
    pub round: RoundId,
    /// The act. `None`: all acts of the round, for an exemption and for being let in late.
    pub act: Option<ActName>,
    /// What.
    pub change: TaskChange,
}

/// See [`TaskChangeIn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TaskChange {
    /// The answers are sent back with these questions, at least one.
    Return(Map<FieldKey, String>),
    /// The questions are taken back: the answers stand.
    CancelReturn,
    /// Nobody has to answer, for this reason.
    Exempt(String),
    /// It is to be answered after all.
    EndExempt,
    /// The family may answer what the round asks until this day, later than its last.
    LetInLate {
        /// The last day, that day included.
        until: Date,
    },
    /// The last day of the round is the family's too.
    EndLetInLate,
}

impl TaskChange {
    /// The name in kebab case, as on the wire and in the database.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Return(_) => "return",
            Self::CancelReturn => "cancel-return",
            Self::Exempt(_) => "exempt",
            Self::EndExempt => "end-exempt",
            Self::LetInLate { .. } => "let-in-late",
            Self::EndLetInLate => "end-let-in-late",
        }
    }
}

/// Questions about an answer. Says in what role they were asked, not by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReturnedOut {
    /// When.
    pub at: Timestamp,
    /// In what role.
    pub role: Role,
    /// What is asked, by field.
    pub questions: Map<FieldKey, String>,
}

/// Why a child does not have to be answered for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExemptOut {
    /// Since when.
    pub at: Timestamp,
    /// Who said so.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
}

/// A round that has closed with something of a child's missing, or that its family may answer all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LateRound {
    /// The round.
    pub round: RoundId,
    /// What it is called, in the language of the request.
    pub title: String,
    /// Its last day.
    pub closes: Date,
    /// How many acts wait for the family.
    pub left: u32,
    /// That the family may answer. `None`: it may not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub let_in: Option<LetInOut>,
}

/// Until when a family may answer after the last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LetInOut {
    /// The last day, that day included.
    pub until: Date,
    /// When somebody said so.
    pub at: Timestamp,
    /// Who said so.
    pub by: Option<String>,
}

/// What one of several people has answered, for staff who compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StaffVersion {
    /// Who. `None`: her identity is protected.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The answers, in the same order for everybody.
    pub answers: Vec<StaffFact>,
    /// For each answer whether somebody has answered it differently.
    pub differs: Vec<bool>,
}

/// One line of a child's history, for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryByStaff {
    /// What happened.
    pub entry: HistoryEntry,
    /// Who, by name. `None`: a register, or somebody whose identity is protected.
    pub name: Option<String>,
    /// In what role, where it was staff.
    pub role: Option<Role>,
    /// Where it was answered, whatever versions have come since. `None`: it is no answer to a form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<AskedThen>,
}

/// A question as it was asked of whoever answered it: in the version of that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskedThen {
    /// The form and its version.
    pub form: FormRef,
    /// The form's title then, in the language of the request.
    pub title: String,
    /// The question then, in the language of the request.
    pub label: String,
    /// What kind of answer it took; says how to show the value.
    pub kind: FieldKind,
}
